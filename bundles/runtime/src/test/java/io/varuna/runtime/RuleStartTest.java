package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.RuleState;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleStartTest {
    private boolean broken = true;

    @interface None {}

    /** Lacks a class at first. */
    private final class Breaking implements SinkFactory<None> {
        @Override
        public boolean blocking() {
            if (broken) {
                throw new NoClassDefFoundError("com/acme/Gone");
            }
            return false;
        }

        @Override
        public Sink open(None config, SinkContext context) {
            return batch -> {};
        }
    }

    @Test
    void ruleStartsAgainAfterAPluginBrokeDownInItsStart(@TempDir Path directory) {
        try (TestContainer container = new TestContainer(directory)) {
            container
                    .plugins()
                    .add(new ProvidedPlugin<>(PluginKind.SINK, "breaking", "breaking", "1.0.0", new Breaking()));
            container.streams().create("CREATE STREAM demo (a BIGINT) WITH (TYPE = \"feed\")");
            container
                    .rules()
                    .create("{\"id\": \"r1\", \"sql\": \"SELECT a FROM demo\", \"actions\": [{\"breaking\": {}}],"
                            + " \"options\": {\"restartStrategy\": {\"attempts\": 1}}}");
            assertThat(container.state("r1")).isEqualTo(RuleState.FAILED);
            assertThat(container.message("r1")).contains("com/acme/Gone");

            broken = false;
            container.advance(Duration.ofSeconds(3));

            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
    }
}
