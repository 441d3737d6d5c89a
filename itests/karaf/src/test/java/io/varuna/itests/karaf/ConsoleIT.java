package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The web console of the distribution, used as people use it. */
class ConsoleIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Container container;

    private Console console;

    @BeforeAll
    static void start() {
        container = Container.startDemonstration("console");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.rest().state("demo_mean"))
                .startsWith("running"));
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    @BeforeEach
    void open() throws IOException {
        console = Console.open(container);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theOverviewShowsRulesByStateAndWhatFlows() {
        console.awaitText(".tile.running", text -> text.startsWith("1"));
        console.awaitText(
                "section[aria-label='Records in'] .big", text -> text.matches("[0-9.]+ /s") && !text.equals("0 /s"));
        assertThat(console.text("section[aria-label='Server']")).contains("Heap", "1.0.0, ");
        assertThat(console.text()).contains("Nothing waits");
    }

    @Test
    void whatARuleWaitsForIsSaidInWords() {
        container
                .rest()
                .createRule("{\"id\": \"waits\", \"sql\": \"SELECT * FROM demo\", \"actions\": [{\"mysql\": {\"url\":"
                        + " \"u:p@tcp(localhost:1)/d\", \"table\": \"t\"}}]}");
        try {
            console.awaitText("waiting for sink 'mysql'");
            console.awaitText(".tile.waiting", text -> text.startsWith("1"));
        } finally {
            container.rest().delete("/rules/waits");
        }
    }

    @Test
    void theListOfRulesShowsFiguresAndCommandsThatAskFirst() throws IOException {
        console.go("/rules");
        console.awaitText("td.number", text -> text.matches("[0-9.]+") && !text.equals("0"));

        console.click("Stop demo_mean");
        console.awaitText("It reads no records until it is started again.");
        console.click("Cancel");
        assertThat(container.rest().state("demo_mean")).startsWith("running");

        console.click("Stop demo_mean");
        console.click("Stop");
        console.awaitText("tbody .badge", text -> text.equals("stopped"));
        console.click("Start demo_mean");
        console.awaitText("tbody .badge", text -> text.equals("running"));
    }

    @Test
    void aStreamAndARuleAreWrittenWithTheirErrorsShownFirst() throws IOException {
        console.go("/new/stream");
        console.choose("Source", "simulator");
        console.awaitText("The records, as a list of objects");
        console.type("Name", "rooms");
        console.type("data *", "[{\"room\": \"attic\", \"degrees\": 31.5}]");
        assertThat(console.written("Statement"))
                .contains("CREATE STREAM rooms ()", "TYPE=\"simulator\"", "{\\\"data\\\":[{\\\"room\\\":\\\"attic\\\"");
        console.click("Create");
        console.awaitText("Stream rooms is created.");

        console.go("/new/rule");
        console.type("Id", "attic");
        console.type("SQL", "SELECT room, hotness(degrees) AS hot FROM rooms");
        console.awaitText("hotness");
        console.awaitText(".under .wrong", text -> text.contains("hotness"));
        console.click("Create");
        console.awaitText(".problem", text -> text.contains("line 1"));
        assertThat(container.rest().get("/rules/attic").status()).isEqualTo(404);

        console.type("SQL", "SELECT room, round(degrees) AS hot FROM rooms");
        console.awaitText("This is right. It reads rooms.");
        console.awaitText("Scan rooms");
        console.click("Create");
        console.awaitText("Rule attic was created successfully.");
        await().atMost(LIMIT).until(() -> container.rest().figure("attic", "sink_log_0_0_records_out_total") > 0);
        console.awaitText(".topology .source", text -> text.contains("rooms") && text.matches(".*[1-9][0-9]* in.*"));
        container.rest().delete("/rules/attic");
        container.rest().delete("/streams/rooms");
    }

    @Test
    void wordsAreCompletedWithHelp() throws IOException {
        console.go("/query");
        console.awaitText("This can be run.");
        console.type("Statement", "SELECT * FROM demo WHERE temper");
        console.take("temperature");
        assertThat(console.written("Statement")).endsWith("WHERE temperature");
        console.type("Statement", "SELECT round(");
        console.awaitText(".signature", text -> text.startsWith("round(number"));
    }

    @Test
    void resultsOfARuleAndOfAQueryAreShownAsTheyCome() throws IOException {
        console.go("/rules/demo_mean");
        console.lendStreams();
        console.click("Follow");
        console.bringEvents();
        console.awaitText("table.output", text -> text.contains("mean") && text.contains("kitchen"));

        console.go("/query");
        console.awaitText("This can be run.");
        console.type("Statement", "SELECT temperature * 2 AS twice FROM demo");
        console.click("Run");
        console.bringEvents();
        console.awaitText("table.output", text -> text.contains("twice"));
        console.awaitText("1 record");
    }

    @Test
    void aPluginIsExchangedAndRemovedAfterItsImpactWasShown() throws IOException {
        console.go("/plugins");
        console.choose("Kind", "sinks");
        console.type("Name", "log");
        console.chooseFile("File", NextVersion.of(Container.pluginJar("log")));
        console.click("Show what it would do");
        console.awaitText("From version 1.0.0 to 1.0.1. Nothing is done yet.");
        console.awaitText("dialog .impact", text -> text.contains("demo_mean") && text.contains("swap"));
        assertThat(logVersion()).isEqualTo("1.0.0");
        console.click("Install");
        console.awaitText("sinks plugin log is created");
        assertThat(logVersion()).isEqualTo("1.0.1");

        console.click("Remove log");
        console.awaitText("From version 1.0.1 to 1.0.0.");
        console.awaitText("dialog .impact", text -> text.contains("goes on with 1.0.0"));
        console.click("Remove");
        console.awaitText("sinks plugin log is deleted");
        assertThat(logVersion()).isEqualTo("1.0.0");

        console.click("Remove log");
        console.awaitText("Version 1.0.0 goes.");
        console.awaitText("dialog .impact", text -> text.contains("demo_mean") && text.contains("wait"));
        console.click("Remove");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.rest().state("demo_mean"))
                .startsWith("waiting"));

        console.click("Install log");
        console.awaitText("Version 1.0.0 comes.");
        console.click("Install");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(container.rest().state("demo_mean"))
                .startsWith("running"));
        console.awaitText("section[aria-label='What happened']", text -> text.contains("removed"));
    }

    private static String logVersion() {
        return String.valueOf(container.rest().get("/plugins/sinks/log").json().get("version"));
    }
}
