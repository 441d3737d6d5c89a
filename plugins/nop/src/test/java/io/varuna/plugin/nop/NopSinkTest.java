package io.varuna.plugin.nop;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.MessageEncoder;
import io.varuna.testkit.PluginContract;
import io.varuna.testkit.Rows;
import io.varuna.testkit.TestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NopSinkTest extends PluginContract {
    private static final Schema SCHEMA = Schema.of(new Column("id", DataType.BIGINT));

    @Override
    protected SinkFactory<?> factory() {
        return new NopSink();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void encodesEveryMessageOnce(boolean log) throws Exception {
        AtomicInteger encoded = new AtomicInteger();
        MessageEncoder counting = (rows, single) -> {
            encoded.incrementAndGet();
            return MessageEncoder.JSON.encode(rows, single);
        };
        NopSink factory = new NopSink();
        try (TestContext context =
                        TestContext.builder().properties(Map.of("log", log)).build();
                Sink sink = factory.open(Configurations.of(factory, context.properties()), context)) {
            sink.write(Rows.batch(SCHEMA, List.of(Rows.values(1L), Rows.values(2L)), counting, true));
            sink.flush();
        }
        assertThat(encoded).hasValue(2);
    }
}
