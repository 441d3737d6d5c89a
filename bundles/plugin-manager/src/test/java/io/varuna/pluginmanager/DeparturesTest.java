package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;

class DeparturesTest {
    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();

    @Test
    void saysNothingOfWhatHasBeenBroughtAgainSince() throws BundleException {
        framework.install(Jars.plugin("1.0.0"));
        Bundle first = bundle();
        framework.plugins().remove(PluginKind.SINK, "sample", true);
        framework.install(Jars.plugin("1.0.0"));
        EventLog events = new EventLog(directory.resolve("events"), Clock.systemUTC());
        try (Departures departures = departures(events)) {
            // a framework tells of it when it has the time
            departures.bundleChanged(new BundleEvent(BundleEvent.UNINSTALLED, first));
            assertThat(events.latest()).isEmpty();

            bundle().uninstall();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(events.latest())
                    .extracting(PluginEvent::what)
                    .containsExactly(PluginEvent.What.REMOVED));
        }
    }

    @Test
    void whatRulesRefusedIsUsedOnlyWhenThereIsNothingElse() throws BundleException, InterruptedException {
        TestRules rules = new TestRules().with("r1", "1.0.0");
        framework.plugins().setUsers(rules);
        framework.deploy("1.0.0");
        awaitVersion("1.0.0");
        framework.deploy("1.1.0");
        await().until(() -> rules.preferences().contains("sample 1.1.0"));
        rules.refuse("no");
        framework.deploy("1.2.0");
        await().until(() -> Set.of("1.2.0").equals(rules.avoided().get("sample")));

        framework.bundle("1.1.0").get(0).uninstall();

        awaitVersion("1.0.0");
        awaitRemoved("Version 1.1.0, which did not come through Varuna, is gone; 1.0.0 is used instead");
        framework.restart("cache");
        TestRules later = new TestRules();
        framework.plugins().setUsers(later);
        assertThat(later.avoided()).isEqualTo(Map.of("sample", Set.of("1.2.0")));
        assertThat(later.preferences()).containsExactly("sample 1.0.0");

        framework.bundle("1.0.0").get(0).uninstall();
        awaitVersion("1.2.0");
        awaitRemoved("Version 1.0.0, which did not come through Varuna, is gone; 1.2.0 is used instead");
        assertThat(later.avoided()).isEqualTo(Map.of("sample", Set.of()));
    }

    private void awaitVersion(String version) {
        await().atMost(Duration.ofMinutes(1)).until(() -> framework.plugins().list(PluginKind.SINK).stream()
                .map(PluginDescription::version)
                .toList()
                .equals(List.of(version)));
    }

    private void awaitRemoved(String message) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(framework.plugins().events())
                        .first()
                        .extracting(PluginEvent::message)
                        .isEqualTo(message));
    }

    private Bundle bundle() {
        return framework.bundle("1.0.0").get(0);
    }

    private Departures departures(EventLog events) {
        PreferredVersions preferred = PreferredVersions.open(directory.resolve("preferred"), Clock.systemUTC());
        return new Departures(
                framework.context(),
                new Users(preferred, Duration.ZERO, () -> {}),
                WantedPlugins.open(directory.resolve("plugins")),
                events,
                Runnable::run);
    }
}
