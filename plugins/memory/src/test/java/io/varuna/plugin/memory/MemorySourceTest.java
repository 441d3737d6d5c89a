package io.varuna.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.RecordingOutput;
import io.varuna.testkit.SourceContract;
import io.varuna.testkit.SourceRun;
import io.varuna.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySourceTest extends SourceContract {
    private final Topics topics = new Topics(Duration.ofMinutes(5));

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Override
    protected SourceFactory<?> factory() {
        return new MemorySource();
    }

    @Override
    protected ConnectionFactory<?, ?> connection() {
        return new MemoryConnection();
    }

    @Override
    protected AutoCloseable sharedConnection() {
        return topics;
    }

    @Override
    protected Map<String, Object> properties() {
        // small, so that publishers wait
        return Map.of("bufferLength", 4);
    }

    @Override
    protected String dataSource() {
        return "devices/+/state";
    }

    @Override
    protected Set<String> metadata() {
        return Set.of("topic");
    }

    @Override
    protected void create() {
        // topics need not be made
    }

    @Override
    protected void provide(List<Map<String, Object>> records) throws Exception {
        publish("devices/7/state", records);
    }

    private void publish(String topic, List<Map<String, Object>> records) throws Exception {
        topics.publish(
                topic,
                records.stream()
                        .map(record -> new Published(topic, record, RowKind.INSERT, null))
                        .toList());
    }

    @Test
    void publisherWaitsWhileTheRulesAreBusy() throws Exception {
        RecordingOutput output = new RecordingOutput();
        output.limit(1);
        try (TestContext context = context(List.of());
                SourceRun run = SourceRun.start(factory(), context, output)) {
            Thread publisher = new Thread(() -> {
                try {
                    provide(records(300));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            publisher.start();
            assertThat(output.awaitEmitted(1, PATIENCE)).isTrue();
            assertThat(publisher.isAlive()).isTrue();
            output.limit(Integer.MAX_VALUE);
            publisher.join(PATIENCE.toMillis());
            assertThat(publisher.isAlive()).isFalse();
            awaitFlushed(run, 300);
            assertRecords(output.flushed(), records(300));
        }
    }

    @Test
    void otherTopicsAreNotRead() throws Exception {
        try (TestContext context = context(List.of());
                SourceRun run = SourceRun.start(factory(), context)) {
            publish("devices/7/other", records(1));
            publish("devices/7/state", records(1));
            awaitFlushed(run, 1);
            assertThat(run.output().emitted()).singleElement().satisfies(record -> assertThat(record.metadata())
                    .containsEntry("topic", "devices/7/state"));
        }
    }

    @Test
    void everySubscriberGetsEveryRow() throws Exception {
        try (TestContext context = context(List.of());
                SourceRun one = SourceRun.start(factory(), context);
                SourceRun other = SourceRun.start(factory(), context)) {
            provide(records(5));
            awaitFlushed(one, 5);
            awaitFlushed(other, 5);
            assertRecords(one.output().flushed(), records(5));
            assertRecords(other.output().flushed(), records(5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/b/c, false",
        "a/b, a, false",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/+, a/b/c, false",
        "+/b, a/b, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, b, false",
        "#, a/b, true",
        "a/+/c, a//c, true",
    })
    void wildcardsStandForLevels(String filter, String topic, boolean matches) {
        assertThat(TopicFilter.of(filter, "s").matches(topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#/b", "a+", "a/b#"})
    void wildcardsElsewhereAreRefused(String filter) {
        assertThatThrownBy(() -> TopicFilter.of(filter, "demo"))
                .hasMessageStartingWith("Source 'memory' of stream 'demo' ");
    }
}
