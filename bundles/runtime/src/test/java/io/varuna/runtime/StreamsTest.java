package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleState;
import io.varuna.api.manage.StreamDescription;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
    private static final String DEMO = "CREATE STREAM demo (a BIGINT, b STRUCT(c STRING)) WITH (TYPE = \"feed\")";
    private static final String RULE =
            "{\"id\": \"r1\", \"sql\": \"SELECT a FROM demo\", \"actions\": [{\"collect\": {}}]}";

    private final TestContainer container;

    StreamsTest(@TempDir Path directory) {
        this.container = new TestContainer(directory);
    }

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void createsAndShowsStreams() {
        assertThat(container.streams().execute("SHOW STREAMS")).isEqualTo("No stream definitions are found.");
        assertThat(container.streams().execute(DEMO)).startsWith("Stream demo is created.");
        assertThat(container.streams().execute("SHOW STREAMS")).isEqualTo("demo");
        assertThat(container.streams().execute("DESCRIBE STREAM demo"))
                .isEqualTo("Fields\n" + "-".repeat(80) + "\na\tbigint\nb\tstruct(c string)\n\nTYPE: feed\n");
        assertThat(container.streams().execute("EXPLAIN STREAM demo"))
                .contains("Source: feed, one for each rule", "Read by: no rule");
        assertThat(container.streams().list(false))
                .extracting(StreamDescription::name)
                .containsExactly("demo");
        assertThat(container.streams().list(true)).isEmpty();
        assertThat(container.streams().execute("DROP STREAM demo")).isEqualTo("Stream demo is dropped.");
    }

    @Test
    void describesDefaultsAndLookupTables() {
        container
                .streams()
                .execute("CREATE STREAM demo (a BIGINT DEFAULT 7, b STRING DEFAULT \"none\") WITH (TYPE = \"feed\")");
        assertThat(container.streams().execute("DESCRIBE STREAM demo"))
                .contains("a\tbigint DEFAULT 7\nb\tstring DEFAULT none\n");
        container
                .streams()
                .execute("CREATE TABLE rooms (id STRING) WITH (TYPE = \"memory\", KIND = \"lookup\", KEY = \"id\")");
        assertThat(container.streams().execute("EXPLAIN TABLE rooms"))
                .startsWith("Source: memory, asked for the rows of a key\nFormat: json\n")
                .doesNotContain("Time:");
    }

    @Test
    void saysThatAStreamIsReplaced() {
        container.streams().create(DEMO);
        assertThat(container.streams().execute(DEMO.replace("CREATE", "CREATE OR REPLACE")))
                .startsWith("Stream demo is replaced.");
    }

    @Test
    void saysWhatIsMissingForAStream() {
        assertThat(container.streams().execute("CREATE STREAM s () WITH (TYPE = \"kafka\", FORMAT = \"avro\")"))
                .isEqualTo(
                        "Stream s is created. Rules that read it will wait: no plugin has its type 'kafka' (there are:"
                                + " feed) and no plugin has its format 'avro' (there are: json).");
        assertThat(container
                        .streams()
                        .execute("CREATE OR REPLACE STREAM s () WITH (TYPE = \"fed\", FORMAT = \"jsno\")"))
                .contains(
                        "no plugin has its type 'fed' (there are: feed; did you mean 'feed'?)",
                        "no plugin has its format 'jsno' (there are: json; did you mean 'json'?)");
    }

    @Test
    void refusesTheSameNameTwice() {
        container.streams().create(DEMO);

        assertThatThrownBy(() -> container.streams().create(DEMO))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.STREAM_EXISTS))
                .hasMessage("Stream demo exists already. Drop it first, or use CREATE OR REPLACE");
    }

    @Test
    void namesWhatIsKnown() {
        container.streams().create(DEMO);

        assertThatThrownBy(() -> container.streams().get("demi", false))
                .hasMessage("There is no stream 'demi'. Did you mean 'demo'? There are: demo");
        assertThatThrownBy(() -> container.streams().get("demo", true)).hasMessage("'demo' is a stream, not a table");
        assertThatThrownBy(() -> container.streams().create("SHOW STREAMS")).hasMessageContaining("A CREATE STREAM");
    }

    @Test
    void refusesToDropAStreamThatARuleReads() {
        container.streams().create(DEMO);
        container.rules().create(RULE);

        assertThatThrownBy(() -> container.streams().drop("demo", false, false))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.STREAM_IN_USE))
                .hasMessageStartingWith("Stream demo is read by rule 'r1'. Delete it first");
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
    }

    @Test
    void makesRulesWaitForAStreamThatIsDroppedByForce() {
        container.streams().create(DEMO);
        container.rules().create(RULE);

        container.streams().drop("demo", false, true);
        assertThat(container.state("r1")).isEqualTo(RuleState.WAITING);
        assertThat(container.message("r1")).isEqualTo("waiting for stream 'demo', which was dropped");
        assertThatThrownBy(() -> container.rules().explain("r1"))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.INVALID_RULE))
                .hasMessage("Rule 'r1' has no plan yet: it is waiting for stream 'demo', which was dropped");
        assertThat(container.feed().opened()).isZero();

        container.streams().create(DEMO);
        container.settle();
        container.feed().feed("a", 1L);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", 1L));
    }

    @Test
    void restartsRulesWhenAStreamIsReplaced() {
        container.streams().create(DEMO);
        container.rules().create(RULE);

        StreamDescription replaced =
                container.streams().replace("demo", "CREATE STREAM demo (a STRING) WITH (TYPE = \"feed\")");
        container.feed().feed("a", "x");

        assertThat(replaced.schema()).hasToString("(a STRING)");
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        assertThat(container.collect().rows()).containsExactly(Map.of("a", "x"));
    }

    @Test
    void refusesAReplacementThatWouldBreakARule() {
        container.streams().create(DEMO);
        container.rules().create(RULE);

        assertThatThrownBy(() ->
                        container.streams().replace("demo", "CREATE STREAM demo (b STRING) WITH (TYPE = \"feed\")"))
                .hasMessageStartingWith("Stream demo is read by rule 'r1', which does not go with the new definition: ")
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> container.streams().replace("demo", "CREATE STREAM other () WITH (TYPE = \"feed\")"))
                .hasMessageContaining("Use one name in both places");
        assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
    }
}
