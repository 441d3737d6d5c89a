package io.varuna.testkit;

import io.varuna.api.codec.Decoder;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Schema;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceContext;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of sources and sinks under test: properties, a settable clock, and one connection that all who share the
 * context share. Close it last; it closes the connection.
 */
public final class TestContext implements SourceContext, SinkContext, AutoCloseable {
    /** What an instance said about its connection. */
    public record Status(ConnectionStatus status, @Nullable String message) {}

    private final Map<String, @Nullable Object> properties;
    private final @Nullable ConnectionFactory<?, ?> connectionFactory;
    private final @Nullable AutoCloseable sharedConnection;
    private final Schema schema;
    private final String dataSource;
    private final String format;
    private final List<Position> restored;
    private final SettableClock clock;
    private final List<Status> statuses = new CopyOnWriteArrayList<>();
    private @Nullable AutoCloseable connection;

    private TestContext(Builder builder) {
        this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.properties));
        this.connectionFactory = builder.connectionFactory;
        this.sharedConnection = builder.sharedConnection;
        this.schema = builder.schema;
        this.dataSource = builder.dataSource;
        this.format = builder.format;
        this.restored = List.copyOf(builder.restored);
        this.clock = builder.clock;
    }

    /** Starts a context without properties, with an open schema, format json and the clock at the epoch. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String ruleId() {
        return "rule";
    }

    @Override
    public String stream() {
        return "stream";
    }

    @Override
    public String dataSource() {
        return dataSource;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Decoder decoder(Schema wanted) {
        if (!format.equals("json")) {
            throw new IllegalStateException("The context of a test reads JSON, not '" + format + "'");
        }
        return new JsonRecords(wanted, clock);
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public List<Position> restored() {
        return restored;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public Map<String, @Nullable Object> properties() {
        return properties;
    }

    @Override
    public synchronized <T extends AutoCloseable> T connection(Class<T> type) throws Exception {
        if (sharedConnection != null) {
            return type.cast(sharedConnection);
        }
        if (connection == null) {
            if (connectionFactory == null) {
                throw new IllegalStateException(
                        "The test has no connection. Give the factory of '" + type.getName() + "' to the context");
            }
            connection = Configurations.connect(connectionFactory, properties);
        }
        return type.cast(connection);
    }

    @Override
    public void status(ConnectionStatus status, @Nullable String message) {
        statuses.add(new Status(status, message));
    }

    /** Returns what was said about the connection so far, in order. */
    public List<Status> statuses() {
        return List.copyOf(statuses);
    }

    @Override
    public synchronized void close() throws Exception {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Collects the parts of a context. */
    public static final class Builder {
        private Map<String, ? extends @Nullable Object> properties = Map.of();
        private @Nullable ConnectionFactory<?, ?> connectionFactory;
        private @Nullable AutoCloseable sharedConnection;
        private Schema schema = Schema.OPEN;
        private String dataSource = "";
        private String format = "json";
        private List<Position> restored = List.of();
        private SettableClock clock = new SettableClock(Instant.EPOCH);

        private Builder() {}

        public Builder properties(Map<String, ? extends @Nullable Object> values) {
            this.properties = values;
            return this;
        }

        /** Makes the connection with {@code factory}, from the properties, when it is first asked for. */
        public Builder connection(@Nullable ConnectionFactory<?, ?> factory) {
            this.connectionFactory = factory;
            return this;
        }

        /** Lends a connection that others use as well; the test closes it. */
        public Builder sharedConnection(@Nullable AutoCloseable open) {
            this.sharedConnection = open;
            return this;
        }

        public Builder schema(Schema columns) {
            this.schema = columns;
            return this;
        }

        public Builder dataSource(String name) {
            this.dataSource = name;
            return this;
        }

        public Builder format(String name) {
            this.format = name;
            return this;
        }

        public Builder restored(List<Position> positions) {
            this.restored = positions;
            return this;
        }

        public Builder clock(SettableClock time) {
            this.clock = time;
            return this;
        }

        public TestContext build() {
            return new TestContext(this);
        }
    }
}
