package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleState;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProfilesTest {
    private static final String RULE = "{\"id\":\"r1\",\"sql\":\"SELECT * FROM demo\",\"actions\":[{\"collect\":{}}]}";

    private final Path directory;
    private final AtomicInteger open = new AtomicInteger();

    ManagedProfilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @interface ConnectionConfig {
        String topic();
    }

    /** A connection whose other end is there unless its topic is 'away'. */
    private final class TopicConnections implements ConnectionFactory<ConnectionConfig, AutoCloseable> {
        @Override
        public AutoCloseable open(ConnectionConfig config) {
            open.incrementAndGet();
            return new Topic(config.topic());
        }

        @Override
        public void check(AutoCloseable connection) throws Exception {
            if (((Topic) connection).name().equals("away")) {
                throw new IOException("nobody listens");
            }
        }
    }

    private final class Topic implements AutoCloseable {
        private final String name;

        private Topic(String name) {
            this.name = name;
        }

        private String name() {
            return name;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private static PropertyProfile source(String name, Map<String, Object> properties) {
        return new PropertyProfile(PluginKind.SOURCE, "feed", name, "", properties);
    }

    private static PropertyProfile connection(Map<String, Object> properties) {
        return new PropertyProfile(PluginKind.CONNECTION, "feed", "line", "", properties);
    }

    private void addConnections(TestContainer container) {
        container
                .plugins()
                .add(new ProvidedPlugin<>(PluginKind.CONNECTION, "feed", "feed", "1.0.0", new TopicConnections()));
    }

    @Test
    void givenPropertiesAreUsedAndKept() {
        try (TestContainer container = new TestContainer(directory)) {
            container.runtime().profiles().put(source("lab", Map.of("topic", "t")));
            container.streams().create("CREATE STREAM demo () WITH (TYPE = \"feed\", CONF_KEY = \"lab\")");
            container.rules().create(RULE);

            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
        try (TestContainer container = new TestContainer(directory)) {
            assertThat(container.runtime().profiles().list(PluginKind.SOURCE))
                    .containsExactly(source("lab", Map.of("topic", "t")));
            assertThat(container.runtime().profiles().users(PluginKind.SOURCE, "feed", "lab"))
                    .containsExactly("r1");
            assertThatThrownBy(() -> container.runtime().profiles().remove(PluginKind.SOURCE, "feed", "lab"))
                    .isInstanceOf(VarunaException.class)
                    .hasMessageContaining("the rules r1 use it");
            container.rules().delete("r1");
            assertThat(container.runtime().profiles().remove(PluginKind.SOURCE, "feed", "lab"))
                    .isTrue();
            assertThat(container.runtime().profiles().remove(PluginKind.SOURCE, "feed", "lab"))
                    .isFalse();
        }
    }

    @Test
    void whatIsConfiguredInAFileStays() {
        try (TestContainer container = new TestContainer(directory)) {
            container.configured.add(new ConfiguredProfile(
                    Map.of("profile.kind", "source", "profile.type", "feed", "profile.name", "lab", "topic", "file")));

            assertThatThrownBy(() -> container.runtime().profiles().put(source("lab", Map.of("topic", "t"))))
                    .hasMessageContaining("is configured in a file in etc/");
            assertThatThrownBy(() -> container.runtime().profiles().remove(PluginKind.SOURCE, "feed", "lab"))
                    .hasMessageContaining("is configured in a file in etc/");
        }
    }

    @Test
    void connectionIsCheckedBeforeItIsKept() {
        try (TestContainer container = new TestContainer(directory)) {
            assertThatThrownBy(() -> container.runtime().profiles().put(connection(Map.of("topic", "t"))))
                    .hasMessageContaining("No plugin makes connections of type 'feed'");
            addConnections(container);

            assertThatThrownBy(() -> container.runtime().profiles().put(connection(Map.of("tpoic", "t"))))
                    .hasMessageContaining("needs property 'topic'")
                    .hasMessageContaining("has no property 'tpoic'");
            container.runtime().profiles().put(connection(Map.of("topic", "t")));
            container
                    .streams()
                    .create("CREATE STREAM demo () WITH (TYPE = \"feed\","
                            + " EXTRA = '{\"connectionSelector\": \"line\"}')");
            container.rules().create(RULE);

            assertThatThrownBy(() -> container.runtime().profiles().put(connection(Map.of("topic", "u"))))
                    .hasMessageContaining("cannot be changed: the rules r1 use it");
        }
    }

    @Test
    void otherEndIsAskedForASignOfLife() {
        try (TestContainer container = new TestContainer(directory)) {
            addConnections(container);

            container.runtime().connections().test("feed", Map.of("topic", "t")).join();
            assertThatThrownBy(() -> container
                            .runtime()
                            .connections()
                            .test("feed", Map.of("topic", "away"))
                            .join())
                    .hasMessageContaining("The connection of type 'feed' cannot be made: nobody listens");
            assertThat(open).hasValue(0);
        }
    }
}
