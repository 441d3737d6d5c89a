package io.varuna.plugin.memory;

import static io.varuna.testkit.Rows.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.Rows;
import io.varuna.testkit.SinkContract;
import io.varuna.testkit.TestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemorySinkTest extends SinkContract {
    private final Topics topics = new Topics();
    private final List<Published> received = Collections.synchronizedList(new ArrayList<>());

    MemorySinkTest() {
        topics.subscribe(new Subscriber() {
            private final TopicFilter filter = TopicFilter.of("#", "test");

            @Override
            public TopicFilter filter() {
                return filter;
            }

            @Override
            public void take(List<Published> rows) {
                received.addAll(rows);
            }
        });
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Override
    protected SinkFactory<?> factory() {
        return new MemorySink();
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
        return Map.of("topic", "results/{{.id}}");
    }

    @Override
    protected void create(Schema schema) {
        received.clear();
    }

    @Override
    protected List<Map<String, Object>> written(Schema schema) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Published published : received) {
            Map<String, Object> row = new LinkedHashMap<>(published.row());
            row.values().removeIf(value -> value == null);
            rows.add(row);
        }
        return rows;
    }

    @Test
    void topicIsFilledInFromTheRow() throws Exception {
        try (TestContext context = context(SCHEMA);
                Sink sink = open(context)) {
            sink.write(Rows.batch(SCHEMA, values(1L, "ann"), values(2L, "bob")));
        }
        assertThat(received).extracting(Published::topic).containsExactly("results/1", "results/2");
    }

    @Test
    void topicsWithWildcardsAreRefused() throws Exception {
        MemorySink sink = new MemorySink();
        try (TestContext context = context(SCHEMA)) {
            assertThatThrownBy(() -> sink.open(Configurations.of(sink, Map.of("topic", "a/#")), context))
                    .hasMessage("Property 'topic' of 'memory' takes one topic, without + and #, not 'a/#'");
            Schema schema = Schema.of(new Column("id", DataType.VARCHAR));
            assertThatThrownBy(() -> open(context).write(Rows.batch(schema, values("x"), values("+"))))
                    .hasMessage("The topic 'results/+' has a wildcard, which only a source may have");
            assertThat(received).as("rows of a refused batch").isEmpty();
        }
    }

    @Test
    void rowKindsAreChecked() throws Exception {
        MemorySink factory = new MemorySink();
        Map<String, Object> properties = Map.of("topic", "t", "rowkindField", "name", "keyField", "id");
        try (TestContext context = context(SCHEMA);
                Sink sink = factory.open(Configurations.of(factory, properties), context)) {
            sink.write(Rows.batch(SCHEMA, values(1L, "delete"), values(2L, null)));
            assertThat(received).extracting(Published::kind).containsExactly(RowKind.DELETE, RowKind.INSERT);
            assertThat(received).extracting(Published::key).containsExactly(1L, 2L);
            assertThatThrownBy(() -> sink.write(Rows.batch(SCHEMA, values(1L, "remove"))))
                    .hasMessage(
                            "Column 'name' is 'remove'. As 'rowkindField' it takes: insert, update, upsert, delete");
        }
    }
}
