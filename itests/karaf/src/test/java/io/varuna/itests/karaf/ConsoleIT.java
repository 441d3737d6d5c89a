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
        assertThat(console.text("section[aria-label='Server']")).contains("Heap", "1.0.0, Linux");
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
}
