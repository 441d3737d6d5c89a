package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CompletionTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void namesAreCompleted() {
        assertThat(shell.complete("rule:status ")).containsExactly("hot", "store");
        assertThat(shell.complete("stream:drop r")).containsExactly("rooms");
        assertThat(shell.complete("function:info a")).containsExactly("abs", "avg");
        assertThat(shell.complete("plugin:info s")).containsExactly("sink", "source");
    }

    @Test
    void pluginsOfTheKindThatWasTypedAreCompleted() {
        assertThat(shell.complete("plugin:info sink ")).containsExactly("lcd");
        assertThat(shell.complete("plugin:info function ")).containsExactly("geo");
    }

    @Test
    void wordsOfStatementsAreCompleted() {
        assertThat(shell.complete("sql sel")).containsExactly("select");
        assertThat(shell.complete("sql SELECT temp")).containsExactly("temperature");
        assertThat(shell.complete("sql SELECT temperature FROM d")).contains("demo");
        assertThat(shell.complete("sql SELECT av")).containsExactly("avg");
        assertThat(shell.complete("sql SELECT temperature,ro")).contains("temperature,room");
    }

    @Test
    void everyCommandHasHelp() throws Exception {
        assertThat(Shell.services())
                .filteredOn(type -> type.isAnnotationPresent(Command.class))
                .hasSizeGreaterThan(25)
                .allSatisfy(type -> {
                    Command command = type.getAnnotation(Command.class);
                    assertThat(command.description()).isNotBlank().doesNotEndWith(".");
                    assertThat(shell.run(command.scope() + ":" + command.name() + " --help"))
                            .contains(command.scope() + ":" + command.name());
                });
    }
}
