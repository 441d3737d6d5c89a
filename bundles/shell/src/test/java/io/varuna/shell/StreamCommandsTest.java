package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandsTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void listShowsStreamsAndTablesAligned() throws Exception {
        assertThat(shell.run("stream:list"))
                .isEqualTo(
                        """
                        Name  │ Kind         │ Type │ Source       │ Format
                        ──────┼──────────────┼──────┼──────────────┼───────
                        demo  │ stream       │ mqtt │ sensors/demo │ json
                        rooms │ lookup table │ file │              │ json
                        """);
        assertThat(shell.run("stream:list -t")).contains("rooms").doesNotContain("demo");
    }

    @Test
    void describeShowsColumnsAndOptions() throws Exception {
        assertThat(shell.run("stream:describe demo"))
                .isEqualTo(
                        """
                        Column      │ Type
                        ────────────┼───────
                        temperature │ FLOAT
                        room        │ BIGINT

                        Option     │ Value
                        ───────────┼─────────────
                        DATASOURCE │ sensors/demo
                        """);
        assertThat(shell.run("stream:describe rooms")).contains("No columns declared: any may come");
    }

    @Test
    void showGivesTheStatement() throws Exception {
        assertThat(shell.run("stream:show demo")).startsWith("CREATE STREAM demo (temperature FLOAT");
    }

    @Test
    void createTakesTextOrFile(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("a.sql"), "CREATE STREAM filed () WITH ()");
        Files.writeString(directory.resolve("b.sql"), "-- of the cellar\nCREATE STREAM noted () WITH ()");
        shell.currentDirectory(directory);

        assertThat(shell.run("stream:create 'CREATE STREAM typed () WITH ()'")).isEqualTo("Stream typed is created.\n");
        assertThat(shell.run("stream:create -f a.sql")).isEqualTo("Stream filed is created.\n");
        assertThat(shell.run("stream:create -f b.sql")).isEqualTo("The stream 'noted' is created.\n");
        assertThat(shell.run("stream:create -r filed -f a.sql")).isEqualTo("'filed' is replaced.\n");
        assertThat(shell.run("stream:list")).contains("typed", "filed");
    }

    @Test
    void createNeedsOneOfTextAndFile() {
        assertThatThrownBy(() -> shell.run("stream:create"))
                .isInstanceOf(CommandException.class)
                .hasMessage("Give either a CREATE statement, or -f and a file that has it.");
        assertThatThrownBy(() -> shell.run("stream:create -f nothing.sql"))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("There is no file '");
        assertThatThrownBy(() -> shell.run("stream:create SHOW STREAMS")).isInstanceOf(CommandException.class);
    }

    @Test
    void brokenStatementIsPointedAt() {
        assertThatThrownBy(() -> shell.run("stream:create 'CRATE STREAM demo'"))
                .isInstanceOf(CommandException.class)
                .hasMessage("'CRATE' begins no statement (line 1, column 1)\nCRATE STREAM demo\n^^^^^");
    }

    @Test
    void streamInUseIsDroppedByForceOnly() throws Exception {
        assertThatThrownBy(() -> shell.run("stream:drop demo"))
                .isInstanceOf(CommandException.class)
                .hasMessage("The stream 'demo' is in use by the rule 'hot'.");
        assertThat(shell.run("stream:drop -f demo")).isEqualTo("The stream 'demo' is dropped.\n");
        assertThat(shell.run("stream:drop rooms")).isEqualTo("The table 'rooms' is dropped.\n");
        assertThat(shell.run("stream:list")).contains("No streams or tables");
    }

    @Test
    void unknownNameSaysWhichThereAre() {
        assertThatThrownBy(() -> shell.run("stream:describe dmo"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no stream or table 'dmo'. Did you mean 'demo'? There are: demo, rooms");
    }
}
