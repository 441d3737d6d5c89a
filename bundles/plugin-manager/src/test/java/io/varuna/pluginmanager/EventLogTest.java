package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginEvent.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC);

    private final Path file;

    EventLogTest(@TempDir Path directory) {
        this.file = directory.resolve("events.jsonl");
    }

    @Test
    void forgetsWhatIsOld() throws IOException {
        EventLog log = new EventLog(file, CLOCK);
        for (int i = 0; i < 1200; i++) {
            log.add(What.INSTALLED, "p", "number " + i);
        }

        assertThat(log.latest()).hasSize(500);
        assertThat(log.latest().get(0)).isEqualTo(new PluginEvent(7, What.INSTALLED, "p", "number 1199"));
        assertThat(Files.readAllLines(file)).hasSizeLessThan(1001);
        assertThat(new EventLog(file, CLOCK).latest()).isEqualTo(log.latest());
    }

    @Test
    void goesOnAfterALineThatIsCutOff() throws IOException {
        new EventLog(file, CLOCK).add(What.REMOVED, "p", "gone");
        Files.writeString(file, "{\"time\": 8, \"wh", StandardOpenOption.APPEND);

        EventLog log = new EventLog(file, CLOCK);

        assertThat(log.latest()).containsExactly(new PluginEvent(7, What.REMOVED, "p", "gone"));

        log.add(What.INSTALLED, "p", "back");
        assertThat(log.latest()).hasSize(2);
        assertThat(new EventLog(file, CLOCK).latest()).isEqualTo(log.latest());
    }
}
