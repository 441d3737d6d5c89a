package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles that plugins bring, beside those that are configured. */
class ProfileTest {
    private static final String RULE =
            "{\"id\": \"r1\", \"sql\": \"SELECT a FROM demo\", \"actions\": [{\"collect\": {}}]}";

    private final Path directory;

    ProfileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static PropertyProfile brought(String name, Map<String, @Nullable Object> properties) {
        return new PropertyProfile(PluginKind.SOURCE, "feed", name, "feeds", properties);
    }

    private static ConfiguredProfile configured(String name, String topic) {
        return new ConfiguredProfile(Map.of(
                "profile.kind",
                "source",
                "profile.type",
                "feed",
                "profile.name",
                name,
                "topic",
                topic,
                "service.pid",
                "x"));
    }

    @Test
    void listsAndObjectsAreConfiguredInJson() {
        ConfiguredProfile profile = new ConfiguredProfile(Map.of(
                "profile.kind",
                "source",
                "profile.type",
                "simulator",
                "profile.name",
                "lab",
                "data",
                "[{\"t\": 20.5}, {\"t\": null}]",
                "headers",
                "{\"accept\": \"text/plain\"}",
                "dataTemplate",
                "{\"t\": \"{{.t}}\"}",
                "topic",
                "[a"));

        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("t", null);
        assertThat(profile.profile().orElseThrow().properties())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "data",
                        List.of(Map.of("t", 20.5), nothing),
                        "headers",
                        Map.of("accept", "text/plain"),
                        "dataTemplate",
                        "{\"t\": \"{{.t}}\"}",
                        "topic",
                        "[a"));
    }

    private static void createRule(TestContainer container) {
        container.streams().create("CREATE STREAM demo () WITH (TYPE = \"feed\", CONF_KEY = \"lab\")");
        container.rules().create(RULE);
    }

    @Test
    void rulesUseThemAlsoAfterARestart() {
        try (TestContainer container = new TestContainer(directory)) {
            container.runtime().pluginUsers().profiles(List.of(brought("lab", Map.of("topic", "t"))));
            createRule(container);

            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
        }
        try (TestContainer container = new TestContainer(directory)) {
            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
            assertThat(container.runtime().profiles().list(PluginKind.SOURCE))
                    .containsExactly(brought("lab", Map.of("topic", "t")));
            assertThat(container.runtime().profiles().list(PluginKind.SINK)).isEmpty();
        }
    }

    @Test
    void whatIsConfiguredCountsBeforeThem() {
        try (TestContainer container = new TestContainer(directory)) {
            container.configured.add(configured("lab", "mine"));
            container
                    .runtime()
                    .pluginUsers()
                    .profiles(
                            List.of(brought("lab", Map.of("unheardOf", 1)), brought("default", Map.of("topic", "t"))));
            createRule(container);

            assertThat(container.state("r1")).isEqualTo(RuleState.RUNNING);
            assertThat(container.runtime().profiles().list(PluginKind.SOURCE))
                    .extracting(profile -> profile.name() + " " + profile.plugin() + " " + profile.properties())
                    .containsExactly("default feeds {topic=t}", "lab  {topic=mine}");
        }
    }

    @Test
    void theyGoWhenTheirPluginDoes() {
        try (TestContainer container = new TestContainer(directory)) {
            container.runtime().pluginUsers().profiles(List.of(brought("lab", Map.of("topic", "t"))));
            createRule(container);
            container.runtime().pluginUsers().profiles(List.of());
            container.rules().restart("r1");

            assertThat(container.state("r1")).isEqualTo(RuleState.FAILED);
            assertThat(container.message("r1")).contains("there is no configuration 'lab'");
        }
        try (TestContainer container = new TestContainer(directory)) {
            assertThat(container.runtime().profiles().list(PluginKind.SOURCE)).isEmpty();
        }
    }
}
