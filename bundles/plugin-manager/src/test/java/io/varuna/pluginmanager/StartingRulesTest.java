package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.RuleEffect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class StartingRulesTest {
    @Test
    void areAskedWhetherTheyCanMoveWhenTheyHaveStarted(@TempDir Path directory) throws Exception {
        TestRules rules = new TestRules();
        try (TestFramework framework = new TestFramework(directory)) {
            framework.plugins().setUsers(rules);
            framework.install(Jars.plugin("1.0.0"));
            rules.settle(false);

            CompletableFuture<PluginChange> upgrade =
                    CompletableFuture.supplyAsync(() -> framework.install(Jars.plugin("1.1.0")));
            await().atMost(Duration.ofMinutes(1)).until(() -> framework.bundle("1.1.0").stream()
                    .anyMatch(bundle -> bundle.getState() == Bundle.ACTIVE));
            rules.with("r1", "1.0.0");
            rules.settle(true);

            assertThat(upgrade.get().rules()).extracting(RuleEffect::rule).contains("r1");
            assertThat(rules.versions()).containsEntry("r1", "1.1.0");
        }
    }
}
