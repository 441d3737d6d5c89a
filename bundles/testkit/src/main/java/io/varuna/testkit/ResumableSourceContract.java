package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.source.Position;
import io.varuna.testkit.RecordingOutput.Emitted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a source promises whose records have positions: it reads on exactly where it is told to. */
public abstract class ResumableSourceContract extends SourceContract {
    @Test
    void everyRecordHasAPosition() throws Exception {
        create();
        provide(records(3));
        try (TestContext context = context(List.of());
                SourceRun run = SourceRun.start(factory(), context)) {
            awaitFlushed(run, 3);
            assertThat(run.output().flushed())
                    .extracting(Emitted::position)
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void readsOnAfterARestartAtEveryRecord() throws Exception {
        create();
        List<Map<String, Object>> records = records(6);
        provide(records);
        Map<String, Position> positions = new LinkedHashMap<>();
        List<Emitted> seen = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            try (TestContext context = context(List.copyOf(positions.values()));
                    SourceRun run = SourceRun.start(factory(), context)) {
                awaitFlushed(run, 1);
                Emitted first = run.output().emitted().get(0);
                Position position = Objects.requireNonNull(first.position(), "position");
                positions.put(position.partition(), position);
                seen.add(first);
            }
        }
        assertRecords(seen, records);
    }

    @Test
    void readsOnWithWhatCameWhileItWasAway() throws Exception {
        create();
        List<Map<String, Object>> records = records(8);
        provide(records.subList(0, 5));
        Map<String, Position> positions = new LinkedHashMap<>();
        List<Emitted> seen = new ArrayList<>();
        try (TestContext context = context(List.of());
                SourceRun run = SourceRun.start(factory(), context)) {
            awaitFlushed(run, 5);
            for (Emitted record : run.output().flushed()) {
                Position position = Objects.requireNonNull(record.position(), "position");
                positions.put(position.partition(), position);
                seen.add(record);
            }
            for (Position position : positions.values()) {
                run.source().committed(position);
            }
        }
        provide(records.subList(5, 8));
        try (TestContext context = context(List.copyOf(positions.values()));
                SourceRun run = SourceRun.start(factory(), context)) {
            awaitFlushed(run, 3);
            seen.addAll(run.output().flushed());
        }
        assertRecords(seen, records);
    }
}
