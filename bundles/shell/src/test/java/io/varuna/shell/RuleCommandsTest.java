package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RuleCommandsTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void trialShowsItsResultsAndLeavesNothing() throws Exception {
        assertThat(shell.run("rule:try -n 1 '{\"id\": \"t1\"}'")).isEqualTo("[{\"id\": \"t1\"}]\n");
        assertThat(shell.trials.isGone()).isTrue();

        assertThat(shell.run("rule:try '{\"id\": \"t1\"}'"))
                .as("to the end of the trial")
                .isEqualTo("[{\"id\": \"t1\"}]\n[]\n");
        assertThat(shell.trials.isGone()).isTrue();
    }

    @Test
    void ruleReadsAStreamFromAnotherPlace() throws Exception {
        assertThat(shell.run("rule:read-from hot demo")).isEqualTo("Rule 'hot' reads 'demo' from its beginning.\n");
        assertThat(shell.run("rule:read-from hot demo a=b=7 p1=9"))
                .isEqualTo("Rule 'hot' reads 'demo' from another place.\n");
        assertThat(shell.rules.places()).containsExactly("hot demo {}", "hot demo {a=b=7, p1=9}");
        assertThatThrownBy(() -> shell.run("rule:read-from hot demo 7"))
                .isInstanceOf(CommandException.class)
                .hasMessage("'7' is no place. Give PARTITION=OFFSET, such as p0=1024.");
    }

    @Test
    void listSaysWhatRulesWaitFor() throws Exception {
        assertThat(shell.run("rule:list"))
                .isEqualTo(
                        """
                        Id    │ State   │ Version │ Tags   │ Remark
                        ──────┼─────────┼─────────┼────────┼─────────────────────────
                        hot   │ running │         │ cellar │
                        store │ waiting │         │        │ waiting for sink 'mysql'
                        """);
        assertThat(shell.run("rule:list -t cellar")).contains("hot").doesNotContain("store");
        assertThat(shell.run("rule:list -t attic")).contains("No rules with the tag 'attic'");
    }

    @Test
    void statusShowsFiguresOfEachStep() throws Exception {
        assertThat(shell.run("rule:status hot"))
                .isEqualTo(
                        """
                        Rule 'hot' is running

                        Step          │  In │ Out │ Errors │ Latency µs │ Waiting
                        ──────────────┼─────┼─────┼────────┼────────────┼────────
                        source_demo_0 │ 120 │ 118 │      2 │          7 │       0
                        sink_log_0_0  │   9 │   9 │      0 │            │

                        Last error of source_demo_0: not JSON
                        """);
        assertThat(shell.run("rule:status store")).isEqualTo("Rule 'store' is waiting for sink 'mysql'\n");
    }

    @Test
    void statusOfAllIsBrief() throws Exception {
        assertThat(shell.run("rule:status"))
                .isEqualTo(
                        """
                        Id    │ State   │  In │ Out │ Errors
                        ──────┼─────────┼─────┼─────┼───────
                        hot   │ running │ 120 │   9 │      2
                        store │ waiting │   0 │   0 │      0
                        """);
    }

    @Test
    void watchedStatusIsShownAgainUntilInterrupted() throws Exception {
        Thread watching = new Thread(() -> ignoringFailure("rule:status -w hot"));
        watching.start();

        await().untilAsserted(() ->
                assertThat(shell.output().split("Rule 'hot' is running", -1)).hasSizeGreaterThan(2));
        shell.interrupt();
        watching.join();
    }

    @Test
    void createTakesTextOrFile(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("rule.json"), "{\"id\": \"new\"}");
        shell.currentDirectory(directory);

        assertThat(shell.run("rule:create '{\"id\": \"new\"}'")).isEqualTo("Rule 'new' is created.\n");
        assertThat(shell.run("rule:create -f rule.json")).isEqualTo("Rule 'new' is created.\n");
        assertThat(shell.run("rule:update hot '{}'")).isEqualTo("Rule 'hot' is updated.\n");
    }

    @Test
    void commandsTakeSeveralRules() throws Exception {
        assertThat(shell.run("rule:stop hot store")).isEqualTo("Rule 'hot' is stopped.\nRule 'store' is stopped.\n");
        assertThat(shell.run("rule:start hot")).isEqualTo("Rule 'hot' is starting.\n");
        assertThat(shell.run("rule:restart hot")).isEqualTo("Rule 'hot' is starting again.\n");
        assertThat(shell.run("rule:drop store")).isEqualTo("Rule 'store' is dropped.\n");
        assertThatThrownBy(() -> shell.run("rule:start store"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no rule 'store'.");
    }

    @Test
    void descriptionPlanAndTopologyAreShown() throws Exception {
        assertThat(shell.run("rule:describe hot")).isEqualTo("{\"id\": \"hot\"}\n");
        assertThat(shell.run("rule:explain hot"))
                .isEqualTo(
                        """
                        Dialect: rule
                        Time: processing time
                        Reads:
                          stream 'demo', source mqtt, format json: *
                        Plan:
                          Scan demo [*]
                        """);
        assertThat(shell.run("rule:explain --json hot"))
                .isEqualTo(
                        """
                        {"dialect":"rule","eventTime":false,"time":"processing time",\
                        "inputs":[{"name":"demo","alias":"demo","kind":"stream","type":"mqtt","format":"json","shared":false,\
                        "columns":["*"],"conditions":[],"keys":[]}],\
                        "plan":{"operator":"Scan","text":"Scan demo [*]","columns":["$row"],"inputs":[]}}
                        """);
        assertThat(shell.run("rule:topo hot"))
                .isEqualTo(
                        """
                        source_demo
                          op_join
                            sink_log_0
                        source_rooms
                          op_join (see above)
                        """);
    }

    @Test
    void validationSaysWhatIsWrong() throws Exception {
        assertThat(shell.run("rule:validate '{\"sql\": \"SELECT * FROM demo\"}'"))
                .isEqualTo("The rule is valid. It reads: demo, rooms\n");
        assertThatThrownBy(() -> shell.run("rule:validate '{\"sql\": \"SELECT * FROM dmo\"}'"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no stream 'dmo'.");
    }

    @Test
    void tagsAreReplaced() throws Exception {
        assertThat(shell.run("rule:tag hot a b")).isEqualTo("Rule 'hot' has the tags a, b.\n");
        assertThat(shell.run("rule:tag hot")).isEqualTo("Rule 'hot' has no tags.\n");
    }

    @Test
    void tailShowsOutputAsItComesUntilInterrupted() throws Exception {
        Thread tailing = new Thread(() -> ignoringFailure("rule:tail hot"));
        tailing.start();
        await().until(() -> shell.rules.listeners() == 1);

        shell.rules.emit("{\"t\":1}");
        shell.rules.emit("{\"t\":2}");

        await().untilAsserted(() -> assertThat(shell.output()).isEqualTo("{\"t\":1}\n{\"t\":2}\n"));
        shell.interrupt();
        tailing.join();
        await().until(() -> shell.rules.listeners() == 0);
    }

    @Test
    void exportedRulesetIsImported(@TempDir Path directory) throws Exception {
        shell.currentDirectory(directory);

        assertThat(shell.run("rule:export")).isEqualTo("{\"streams\":{},\"tables\":{},\"rules\":{}}\n");
        assertThat(shell.run("rule:export all.json")).startsWith("Written to '");
        assertThat(shell.run("rule:import all.json")).isEqualTo("All is imported.\n");
        assertThat(shell.rules.imported()).isEqualTo("{\"streams\":{},\"tables\":{},\"rules\":{}}");
    }

    @Test
    void importNamesWhatWasRefused(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("all.json"), "dmo");
        shell.currentDirectory(directory);

        assertThatThrownBy(() -> shell.run("rule:import all.json"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("The rest is imported, but not")
                .hasMessageContaining("'hot': There is no stream 'dmo'.");
    }

    private void ignoringFailure(String line) {
        try {
            shell.run(line);
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
    }
}
