package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadCommandsTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void commandsAreCarriedOutUntilTheInputEnds() throws Exception {
        shell.type(
                "rule:create '{\"id\": \"new\",\n\"sql\": \"SELECT * FROM demo\"}'\nrule:stop nobody\nno:command\nsql 'SHOW STREAMS'\n");
        shell.endInput();

        assertThat(shell.run("varuna:read-commands"))
                .contains("Rule 'new' is created.")
                .contains("Error executing command: ")
                .contains("Command not found: no:command")
                .contains("\ndemo\n");
    }

    @Test
    void promptIsNotWrittenAgainWhileNothingComes() throws Exception {
        FutureTask<String> output = new FutureTask<>(() -> shell.run("varuna:read-commands"));
        new Thread(output).start();
        shell.type("sql 'SHOW STREAMS'\n");
        await().until(() -> shell.output().endsWith("\ndemo\nvaruna> "));

        // the one that would
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("JLine Mask Thread");

        shell.endInput();
        assertThat(output.get()).isEqualTo("varuna> sql 'SHOW STREAMS'\ndemo\nvaruna>\n");
    }
}
