package io.varuna.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.manage.PluginKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {
    private final Dialling factory = new Dialling();
    private final ProvidedPlugin<ConnectionFactory<?, ?>> plugin =
            new ProvidedPlugin<>(PluginKind.CONNECTION, "phone", "phone", "1.0.0", factory);
    private final Connections connections = new Connections();

    /** Properties of the connection. */
    public @interface Config {
        String number() default "";
    }

    /** Opens lines, unless it is to fail. */
    private static final class Dialling implements ConnectionFactory<Config, Line> {
        private final List<Line> lines = new ArrayList<>();
        private @Nullable Throwable failure;

        @Override
        public Line open(Config config) throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            Line line = new Line(config.number());
            lines.add(line);
            return line;
        }
    }

    private static final class Line implements AutoCloseable {
        private final String number;
        private boolean closed;
        private @Nullable Error failure;

        Line(String number) {
            this.number = number;
        }

        @Override
        public void close() {
            closed = true;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private Connections.Lease lend(String number) throws Exception {
        return connections.lend(plugin, Map.of("number", number, "other", 1));
    }

    @Test
    void equalPropertiesShareAConnectionUntilTheLastIsDoneWithIt() throws Exception {
        Connections.Lease first = lend("1");
        Connections.Lease second = lend("1");
        Connections.Lease other = lend("2");
        assertThat(first.connection()).isSameAs(second.connection()).isNotSameAs(other.connection());
        assertThat(factory.lines).extracting(line -> line.number).containsExactly("1", "2");

        first.close();
        first.close();
        assertThat(factory.lines.get(0).closed).isFalse();
        second.close();
        assertThat(factory.lines.get(0).closed).isTrue();
        assertThat(factory.lines.get(1).closed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void whoGotNoneIsNotCounted(String kind) throws Exception {
        factory.failure = kind.equals("error") ? new NoClassDefFoundError("gone") : new IllegalStateException("busy");
        assertThatThrownBy(() -> lend("1")).isSameAs(factory.failure);
        factory.failure = null;

        lend("1").close();

        assertThat(factory.lines).singleElement().satisfies(line -> assertThat(line.closed)
                .isTrue());
    }

    @Test
    void whatFailsToCloseHoldsUpNoOther() throws Exception {
        lend("1");
        lend("2");
        factory.lines.forEach(line -> line.failure = new NoClassDefFoundError("gone"));

        connections.close();

        assertThat(factory.lines).allSatisfy(line -> assertThat(line.closed).isTrue());
    }
}
