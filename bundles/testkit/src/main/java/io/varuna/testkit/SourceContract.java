package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Schema;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceFactory;
import io.varuna.testkit.RecordingOutput.Emitted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every source promises. Subclass it, say how records get to where the source reads, and inherit the tests. A source
 * whose records have positions takes {@link ResumableSourceContract}.
 */
public abstract class SourceContract extends PluginContract {
    /** How long a test waits for what must happen. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MANY = 1_000;

    @Override
    protected abstract SourceFactory<?> factory();

    /** Returns the properties a stream would give. */
    protected abstract Map<String, Object> properties();

    /** Makes the place that the source reads, empty; called before every test. */
    protected abstract void create() throws Exception;

    /**
     * Lets the system at the other end have these records, after those that it has. Each has an {@code id} (a {@code Long})
     * and a {@code name} (a {@code String}).
     */
    protected abstract void provide(List<Map<String, Object>> records) throws Exception;

    /** Tells whether the source must find its records when it is opened, as one that reads a file once does. */
    protected boolean readsOnlyWhatIsThere() {
        return false;
    }

    /** Returns what the stream's DATASOURCE says. */
    protected String dataSource() {
        return "";
    }

    /** Returns the columns of the stream. */
    protected Schema schema() {
        return Schema.OPEN;
    }

    /** Returns the keys of the metadata that every record comes with. */
    protected Set<String> metadata() {
        return Set.of();
    }

    /** Returns the records of a payload, for a source that emits bytes. */
    protected List<Map<String, Object>> decode(ByteBuffer payload) throws Exception {
        return Json.readRecords(payload);
    }

    /** Returns what becomes of a record on its way, where it does not arrive as it was provided. */
    protected Map<String, Object> readBack(Map<String, Object> record) {
        return record;
    }

    @Test
    void emitsOneRecordWithoutWaitingForAnother() throws Exception {
        assertEmits(1, 1);
    }

    @Test
    void emitsRecordsInOrder() throws Exception {
        assertEmits(10, 1);
    }

    @Test
    void emitsManyRecordsInOrder() throws Exception {
        assertEmits(MANY, MANY);
    }

    private void assertEmits(int count, int atOnce) throws Exception {
        create();
        List<Map<String, Object>> records = records(count);
        if (readsOnlyWhatIsThere()) {
            provide(records);
        }
        try (TestContext context = context(List.of())) {
            try (SourceRun run = SourceRun.start(factory(), context)) {
                if (!readsOnlyWhatIsThere()) {
                    for (int from = 0; from < count; from += atOnce) {
                        provide(records.subList(from, Math.min(count, from + atOnce)));
                    }
                }
                awaitFlushed(run, count);
                assertRecords(run.output().flushed(), records);
                assertThat(run.output().misuse()).isNull();
            }
        }
    }

    @Test
    void losesNothingWhileTheRulesAreBusy() throws Exception {
        create();
        List<Map<String, Object>> records = records(50);
        RecordingOutput output = new RecordingOutput();
        output.limit(3);
        if (readsOnlyWhatIsThere()) {
            provide(records);
        }
        try (TestContext context = context(List.of())) {
            try (SourceRun run = SourceRun.start(factory(), context, output)) {
                Thread provider = null;
                if (!readsOnlyWhatIsThere()) {
                    // back-pressure may reach the one who provides
                    provider = provideFromAnotherThread(records);
                }
                for (int capacity = 3; capacity < records.size(); capacity += 7) {
                    assertThat(output.awaitEmitted(capacity, PATIENCE)).isTrue();
                    output.limit(capacity + 7);
                }
                output.limit(Integer.MAX_VALUE);
                awaitFlushed(run, records.size());
                assertRecords(output.flushed(), records);
                assertThat(output.misuse()).isNull();
                if (provider != null) {
                    provider.join(PATIENCE.toMillis());
                }
            }
        }
    }

    @Test
    void everyRecordHasItsMetadata() throws Exception {
        create();
        List<Map<String, Object>> records = records(2);
        if (readsOnlyWhatIsThere()) {
            provide(records);
        }
        try (TestContext context = context(List.of())) {
            try (SourceRun run = SourceRun.start(factory(), context)) {
                if (!readsOnlyWhatIsThere()) {
                    provide(records);
                }
                awaitFlushed(run, 2);
                assertThat(run.output().flushed())
                        .allSatisfy(
                                record -> assertThat(record.metadata().keySet()).containsAll(metadata()));
            }
        }
    }

    @Test
    void closeEndsEmission() throws Exception {
        create();
        if (readsOnlyWhatIsThere()) {
            provide(records(3));
        }
        try (TestContext context = context(List.of())) {
            SourceRun run = SourceRun.start(factory(), context);
            try (run) {
                if (!readsOnlyWhatIsThere()) {
                    provide(records(3));
                }
                awaitFlushed(run, 3);
            }
            int emitted = run.output().emitted().size();
            provide(records(2));
            assertThat(run.output().awaitEmitted(emitted + 1, Duration.ofMillis(200)))
                    .as("emission after close()")
                    .isFalse();
        }
    }

    @Test
    void closesWhileTheRulesAreBusy() throws Exception {
        create();
        List<Map<String, Object>> records = records(20);
        RecordingOutput output = new RecordingOutput();
        output.limit(2);
        Thread provider = null;
        if (readsOnlyWhatIsThere()) {
            provide(records);
        }
        try (TestContext context = context(List.of())) {
            try (SourceRun run = SourceRun.start(factory(), context, output)) {
                if (!readsOnlyWhatIsThere()) {
                    provider = provideFromAnotherThread(records);
                }
                assertThat(run.output().awaitEmitted(2, PATIENCE)).isTrue();
            }
            assertThat(output.emitted()).hasSize(2);
        }
        if (provider != null) {
            provider.join(PATIENCE.toMillis());
            assertThat(provider.isAlive())
                    .as("whether somebody still waits for the closed source")
                    .isFalse();
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws Exception {
        create();
        if (readsOnlyWhatIsThere()) {
            provide(records(1));
        }
        Threads.assertNoneLeftBy(
                () -> {
                    try (TestContext context = context(List.of());
                            SourceRun run = SourceRun.start(factory(), context)) {
                        if (!readsOnlyWhatIsThere()) {
                            provide(records(1));
                            awaitFlushed(run, 1);
                        }
                    }
                },
                this::mayOutlive);
    }

    @Test
    void closingLeavesNoClassesBehind() throws Exception {
        create();
        assumeTrue(sharedConnection() == null && !mayKeepClasses(), "others may keep the classes");
        if (readsOnlyWhatIsThere()) {
            provide(records(1));
        }
        PluginCopy.assertCollected(factory(), connection(), (factory, connection) -> {
            try (TestContext context = context(List.of(), connection);
                    SourceRun run = SourceRun.start(factory, context)) {
                if (!readsOnlyWhatIsThere()) {
                    provide(records(1));
                }
                awaitFlushed(run, 1);
            }
        });
    }

    /** Makes a context with {@link #properties}, {@link #connection} and the like. */
    protected final TestContext context(List<Position> restored) {
        return context(restored, connection());
    }

    private TestContext context(List<Position> restored, @Nullable ConnectionFactory<?, ?> connection) {
        return TestContext.builder()
                .properties(properties())
                .connection(connection)
                .sharedConnection(sharedConnection())
                .dataSource(dataSource())
                .schema(schema())
                .restored(restored)
                .build();
    }

    /** Returns {@code count} records as {@link #provide} takes them. */
    protected static List<Map<String, Object>> records(int count) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("id", (long) i);
            record.put("name", "name " + i);
            records.add(record);
        }
        return records;
    }

    /** Waits for records, and says what went wrong if they do not come. */
    protected static void awaitFlushed(SourceRun run, int count) throws InterruptedException {
        if (!run.output().awaitFlushed(count, PATIENCE)) {
            throw new AssertionError(
                    "Expected " + count + " records, but "
                            + run.output().emitted().size() + " were emitted and "
                            + run.output().flushed().size() + " flushed; rejected: "
                            + run.output().rejected(),
                    run.failure());
        }
    }

    /** Checks what was emitted against what was provided. */
    protected final void assertRecords(List<Emitted> emitted, List<Map<String, Object>> records) throws Exception {
        assertThat(decoded(emitted))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(records.stream().map(this::readBack).toList());
    }

    /** Returns the records in what was emitted. */
    protected final List<Map<String, Object>> decoded(List<Emitted> emitted) throws Exception {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Emitted item : emitted) {
            Map<String, @Nullable Object> row = item.row();
            ByteBuffer payload = item.payload();
            if (row != null) {
                records.add(Json.withoutNulls(row));
            } else if (payload != null) {
                records.addAll(decode(payload));
            }
        }
        return records;
    }

    private Thread provideFromAnotherThread(List<Map<String, Object>> records) {
        Thread thread = new Thread(
                () -> {
                    try {
                        provide(records);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "provider");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
