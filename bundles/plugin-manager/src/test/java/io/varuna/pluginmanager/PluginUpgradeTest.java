package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class PluginUpgradeTest {
    private static final String OLD_JAR = Jars.SYMBOLIC_NAME + "-1.0.0.jar";
    private static final String NEW_JAR = Jars.SYMBOLIC_NAME + "-1.1.0.jar";

    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();
    private final TestRules rules = new TestRules();

    @BeforeEach
    void setUsers() {
        framework.plugins().setUsers(rules);
    }

    private PluginChange install(String version) {
        return framework.plugins().install(framework.request(Jars.plugin(version)));
    }

    private String version() {
        return framework.plugins().get(PluginKind.SINK, "sample").version();
    }

    private PluginChange rollback() {
        return framework.plugins().rollback(PluginKind.SINK, "sample");
    }

    @Test
    void saysWhichRulesStart() {
        assertThat(install("1.0.0").rules()).containsExactly(RuleEffect.of("waiting", RuleReaction.START, "sample"));
        framework.plugins().remove(PluginKind.SINK, "sample", true);

        rules.await(PluginKind.FUNCTION, "doubled");
        assertThat(install("1.0.0").rules()).containsExactly(RuleEffect.of("waiting", RuleReaction.START, "doubled"));
    }

    @Test
    void remarksOnNamesThatOthersHaveAndOnWhatIsNotUsed() {
        rules.clash("The plugins other, sample have sink 'sample'");
        Jars zip = Jars.empty()
                .with("sample.jar", Jars.plugin("1.0.0").bytes())
                .with("sample.yaml", "default:\n  url: localhost\n");

        assertThat(framework.plugins().previewInstall(framework.request(zip)).remarks())
                .hasSize(2)
                .contains("The properties in 'sample.yaml' of the file are not used: the plugin has no source 'sample'")
                .contains("The plugins other, sample have sink 'sample' for sample with {SINK=[sample]}");
        assertThat(framework.plugins().install(framework.request(zip)).remarks())
                .hasSize(2)
                .contains("The plugins other, sample have sink 'sample'");
    }

    @Test
    void refusesNamesThatOthersHaveBeforeAnybodyCanUseThem() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0").taken("twice");

        assertThatThrownBy(() -> install("1.1.0"))
                .hasMessage(
                        "Plugin 'sample' 1.1.0 has what is there already: 'twice' of plugin other. Name the plugin that is"
                                + " to be used in 'prefer' in etc/io.varuna.runtime.cfg, and install it again");

        assertThat(version()).isEqualTo("1.0.0");
        assertThat(framework.bundle("1.1.0")).isEmpty();
        assertThat(rules.versions()).isEqualTo(Map.of("r1", "1.0.0"));
        assertThat(framework.files()).containsExactly(OLD_JAR, "wanted.json");
    }

    @Test
    void movesRulesAndLetsTheOldVersionGo() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0");

        PluginChange change = install("1.1.0");

        assertThat(change)
                .isEqualTo(new PluginChange(
                        "sample",
                        "1.0.0",
                        "1.1.0",
                        List.of(RuleEffect.of("r1", RuleReaction.SWAP, "was 1.0.0")),
                        List.of()));
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(framework.bundle("1.0.0")).isEmpty();
        assertThat(framework.files()).containsExactly(OLD_JAR, NEW_JAR, "wanted.json");
        // rules that start during the trial take the version that the others had
        assertThat(rules.preferences()).containsSubsequence("sample 1.0.0", "sample 1.1.0");
        framework.restart("another-cache");
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(framework.bundle("1.0.0")).isEmpty();
    }

    @Test
    void takesEverythingBackIfARuleCannotMove() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0").refuse("sink 'sample_0': no such table");

        assertThatThrownBy(() -> install("1.1.0"))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED))
                .hasMessage(
                        "Plugin 'sample' 1.1.0 cannot take over: rule 'r1': sink 'sample_0': no such table. All rules"
                                + " stay with the version that they had");

        assertThat(version()).isEqualTo("1.0.0");
        assertThat(framework.bundle("1.1.0")).isEmpty();
        assertThat(framework.files()).containsExactly(OLD_JAR, "wanted.json");
        framework.restart("another-cache");
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void returnsToTheFormerVersionAndForwardAgain() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0");
        install("1.1.0");

        assertThat(rollback()).satisfies(change -> {
            assertThat(change.from()).isEqualTo("1.1.0");
            assertThat(change.to()).isEqualTo("1.0.0");
        });
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(framework.bundle("1.1.0")).isEmpty();
        assertThat(rules.versions()).isEqualTo(Map.of("r1", "1.0.0"));
        framework.restart("another-cache");
        framework.plugins().setUsers(rules);
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(rollback().to()).isEqualTo("1.1.0");
        assertThat(framework.bundle("1.0.0")).isEmpty();
    }

    @Test
    void installsAnOlderVersionIfAsked() {
        install("1.1.0");
        rules.with("r1", "1.1.0");

        assertThat(install("1.0.0").to()).isEqualTo("1.0.0");
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(rollback().to()).isEqualTo("1.1.0");
    }

    @Test
    void saysThatThereIsNothingToReturnTo() throws IOException {
        install("1.0.0");

        assertThatThrownBy(this::rollback)
                .hasMessage(
                        "There is no former version of plugin 'sample' to return to: it has not been upgraded through"
                                + " Varuna");
        install("1.1.0");
        Files.writeString(directory.resolve("plugins").resolve(OLD_JAR), "other content");
        assertThatThrownBy(this::rollback).hasMessageContaining("is not what was installed");
        assertThat(version()).isEqualTo("1.1.0");
    }

    @Test
    void keepsAVersionThatARuleAsksFor() throws Exception {
        install("1.0.0");
        rules.pinned("bound", "1.0.0").with("free", "1.0.0");

        PluginChange change = install("1.1.0");

        assertThat(change.rules())
                .extracting(RuleEffect::reaction)
                .containsExactly(RuleReaction.NONE, RuleReaction.SWAP);
        assertThat(framework.bundle("1.0.0")).hasSize(1);
        assertThat(version()).isEqualTo("1.1.0");
        framework.restart("another-cache");
        framework.plugins().setUsers(rules);
        assertThat(framework.bundle("1.0.0")).hasSize(1);
        rules.end("bound");
        await().untilAsserted(() -> assertThat(framework.bundle("1.0.0")).isEmpty());
        install("1.2.0");
        assertThat(framework.bundle("1.1.0")).isEmpty();
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        install("1.0.0");
        rules.with("r1", "1.0.0");

        PluginChange change = framework.plugins().previewInstall(framework.request(Jars.plugin("1.1.0")));

        assertThat(change.to()).isEqualTo("1.1.0");
        assertThat(change.rules()).containsExactly(RuleEffect.of("r1", RuleReaction.SWAP, "was 1.0.0"));
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(framework.files()).containsExactly(OLD_JAR, "wanted.json");
    }

    @Test
    void aDryRunOfAFileThatIsSentChangesNothing() throws IOException {
        install("1.0.0");
        rules.with("r1", "1.0.0");
        PluginRequest request = new PluginRequest(PluginKind.SINK, "sample", "sent.jar", List.of());

        PluginChange change = framework
                .plugins()
                .previewInstall(
                        request, new ByteArrayInputStream(Jars.plugin("1.1.0").bytes()));

        assertThat(change.rules()).containsExactly(RuleEffect.of("r1", RuleReaction.SWAP, "was 1.0.0"));
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(framework.files()).containsExactly(OLD_JAR, "wanted.json");
    }

    @Test
    void givesRulesTheProfilesThatComeWithTheVersionInUse() throws Exception {
        framework.plugins().install(framework.request(withProfiles("1.0.0", "default:\n  qos: 1\n")));
        assertThat(rules.profiles())
                .containsExactly(
                        new PropertyProfile(PluginKind.SOURCE, "probe", "default", "sample", Map.of("qos", 1)));
        rules.with("r1", "1.0.0").refuse("no");
        Jars next = withProfiles("1.1.0", "default:\n  qos: 2\n");
        assertThatThrownBy(() -> framework.plugins().install(framework.request(next)))
                .isInstanceOf(VarunaException.class);
        assertThat(qos()).containsExactly(1);

        rules.refuse(null);
        framework.plugins().install(framework.request(next));
        assertThat(qos()).containsExactly(2);
        rollback();
        assertThat(qos()).containsExactly(1);

        framework.restart("cache");
        rules.profiles(List.of());
        framework.plugins().setUsers(rules);
        assertThat(qos()).containsExactly(1);
        install("1.2.0");
        assertThat(qos()).containsExactly(1);
        framework.plugins().remove(PluginKind.SINK, "sample", true);
        assertThat(rules.profiles()).isEmpty();
    }

    private List<Object> qos() {
        return rules.profiles().stream()
                .map(profile -> profile.properties().get("qos"))
                .toList();
    }

    private static Jars withProfiles(String version, String yaml) {
        return Jars.empty()
                .with("sample.jar", Jars.pluginWithSource(version).bytes())
                .with("probe.yaml", yaml);
    }

    @Test
    void refusesPropertiesThatCannotBeRead() throws IOException {
        Jars zip = withProfiles("1.0.0", "default:\n  qos: [1\n");

        assertThatThrownBy(() -> framework.plugins().install(framework.request(zip)))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith("The properties in 'probe.yaml' of the file cannot be read: it is not YAML");
        assertThat(framework.plugins().list()).isEmpty();
        assertThat(rules.profiles()).isEmpty();
    }

    @Test
    void removesWhatRulesUseByForceOnly() throws IOException {
        install("1.0.0");
        rules.with("r1", "1.0.0").with("r2", "1.0.0");
        install("1.1.0");

        assertThatThrownBy(() -> framework.plugins().remove(PluginKind.SINK, "sample", false))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_IN_USE))
                .hasMessage(
                        "Plugin 'sample' 1.1.0 is used by 2 rules: 'r1', 'r2'. They would wait until it is back. Remove"
                                + " it by force, or stop them first");
        assertThat(framework.plugins().previewRemoval(PluginKind.SINK, "sample").rules())
                .hasSize(2);

        PluginChange change = framework.plugins().remove(PluginKind.SINK, "sample", true);

        assertThat(change.to()).isEmpty();
        assertThat(change.rules()).hasSize(2);
        assertThat(framework.plugins().list()).isEmpty();
        assertThat(framework.files()).containsExactly("wanted.json");
    }

    @Test
    void removalWaitsForAnUpgradeThatIsUnderWay() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0");
        CompletableFuture<@Nullable Void> turn = rules.hold();
        CompletableFuture<PluginChange> upgrade = new CompletableFuture<>();
        CompletableFuture<PluginChange> removal = new CompletableFuture<>();

        start(upgrade, () -> install("1.1.0"));
        await().until(rules::isMoving);
        Thread remover = start(removal, () -> framework.plugins().remove(PluginKind.SINK, "sample", true));
        await().until(() -> remover.getState() == Thread.State.WAITING);
        assertThat(removal).isNotDone();
        assertThat(framework.bundle("1.0.0")).isNotEmpty();
        turn.complete(null);

        assertThat(upgrade.get(1, TimeUnit.MINUTES).to()).isEqualTo("1.1.0");
        assertThat(removal.get(1, TimeUnit.MINUTES)).satisfies(change -> {
            assertThat(change.from()).isEqualTo("1.1.0");
            assertThat(change.to()).isEmpty();
        });
        assertThat(framework.plugins().list()).isEmpty();
        assertThat(framework.files()).containsExactly("wanted.json");
    }

    private static Thread start(CompletableFuture<PluginChange> result, Supplier<PluginChange> action) {
        Thread thread = new Thread(() -> result.completeAsync(action, Runnable::run));
        thread.start();
        return thread;
    }

    @Test
    void remembersWhatHappened() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0").refuse("no");
        assertThatThrownBy(() -> install("1.1.0")).isInstanceOf(VarunaException.class);
        rules.refuse(null);
        install("1.1.0");
        framework.plugins().remove(PluginKind.SINK, "sample", true);

        framework.restart("cache");

        assertThat(framework.plugins().events())
                .extracting(event -> event.what() + " " + event.plugin() + ": " + event.message())
                .containsExactly(
                        "REMOVED sample: Version 1.1.0 is removed; rules concerned: 1",
                        "EXCHANGED sample: Version 1.1.0 is in the place of 1.0.0; rules concerned: 1",
                        "REFUSED sample: Plugin 'sample' 1.1.0 cannot take over: rule 'r1': no. All rules stay with the"
                                + " version that they had",
                        "INSTALLED sample: Version 1.0.0 is installed; rules concerned: 1");
    }

    @Test
    void comesBackWithTheOldVersionIfAnUpgradeWasCutOff() throws Exception {
        install("1.0.0");
        Path file = Jars.plugin("1.1.0").write(directory.resolve("plugins").resolve(NEW_JAR));
        Bundle half = new Bundles(framework.context()).install(Jars.SYMBOLIC_NAME, "1.1.0", file);
        half.start();

        framework.restart("cache");

        assertThat(version()).isEqualTo("1.0.0");
        assertThat(framework.bundle("1.1.0")).isEmpty();
        assertThat(framework.files()).containsExactly(OLD_JAR, "wanted.json");
    }

    @Test
    void movesRulesToAHigherVersionThatCameAnotherWay() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0");

        framework.deploy("1.1.0");

        await().untilAsserted(() -> assertThat(rules.versions()).isEqualTo(Map.of("r1", "1.1.0")));
        await().untilAsserted(() -> assertThat(version()).isEqualTo("1.1.0"));
    }

    @Test
    void staysWithTheOldVersionIfRulesCannotMoveToOneThatCameAnotherWay() throws Exception {
        install("1.0.0");
        rules.with("r1", "1.0.0").refuse("no");

        framework.deploy("1.1.0");

        await().untilAsserted(() ->
                assertThat(framework.plugins().events().get(0).what()).isEqualTo(PluginEvent.What.REFUSED));
        assertThat(rules.versions()).isEqualTo(Map.of("r1", "1.0.0"));
        assertThat(version()).isEqualTo("1.0.0");
        // it is there after a restart, but is neither taken nor tried again
        framework.restart("cache");
        TestRules later = new TestRules().with("r1", "1.0.0");
        framework.plugins().setUsers(later);
        assertThat(later.preferences()).containsExactly("sample 1.0.0");
        assertThat(version()).isEqualTo("1.0.0");
        Bundle refused = framework.bundle("1.1.0").get(0);
        refused.stop();
        refused.start();
        framework.deploy("1.2.0");
        await().untilAsserted(() -> assertThat(later.versions()).isEqualTo(Map.of("r1", "1.2.0")));
        assertThat(later.preferences()).doesNotContain("sample 1.1.0");
    }

    @Test
    void saysWhatComesAndGoesWithoutUs() throws Exception {
        framework.deploy("1.0.0");
        awaitEvent(PluginEvent.What.INSTALLED, "Version 1.0.0 has come, though not through Varuna");
        rules.with("r1", "1.0.0");
        framework.deploy("1.1.0");
        awaitEvent(PluginEvent.What.EXCHANGED, "Version 1.1.0 is in the place of 1.0.0; rules concerned: 1");

        framework.bundle("1.1.0").get(0).uninstall();
        awaitEvent(
                PluginEvent.What.REMOVED,
                "Version 1.1.0, which did not come through Varuna, is gone; 1.0.0 is used instead");
        framework.bundle("1.0.0").get(0).uninstall();
        awaitEvent(
                PluginEvent.What.REMOVED,
                "Version 1.0.0, which did not come through Varuna, is gone; there is no other");
    }

    @Test
    void triesWhatCameFirstAndAHigherVersionThatCameWhileTheContainerWasDown() throws Exception {
        framework.deploy("1.0.0");
        awaitEvent(PluginEvent.What.INSTALLED, "Version 1.0.0 has come, though not through Varuna");
        framework.restart("cache");
        TestRules later = new TestRules().with("r1", "1.0.0");
        later.refuse("no");
        later.settle(false);
        framework.plugins().setUsers(later);
        assertThat(later.preferences()).containsExactly("sample 1.0.0");

        framework.deploy("1.1.0");
        await().until(() -> framework.bundle("1.1.0").get(0).getState() == Bundle.ACTIVE);
        assertThat(framework.plugins().events()).hasSize(1);
        later.settle(true);

        await().untilAsserted(() ->
                assertThat(framework.plugins().events().get(0).what()).isEqualTo(PluginEvent.What.REFUSED));
        assertThat(later.versions()).isEqualTo(Map.of("r1", "1.0.0"));
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void saysThatWhatCameThroughUsIsBackAfterTheNextStart() throws Exception {
        install("1.0.0");

        framework.bundle("1.0.0").get(0).uninstall();

        awaitEvent(
                PluginEvent.What.REMOVED,
                "Version 1.0.0 was taken away by a command of the container; it is back after the next start."
                        + " 'plugin:remove' takes it away for good");
        framework.restart("cache");
        assertThat(version()).isEqualTo("1.0.0");
        awaitEvent(PluginEvent.What.INSTALLED, "Version 1.0.0 is back: the container did not have it any more");
    }

    private void awaitEvent(PluginEvent.What what, String message) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(framework.plugins().events()).first().satisfies(event -> {
                            assertThat(event.what()).isEqualTo(what);
                            assertThat(event.message()).isEqualTo(message);
                        }));
    }

    @Test
    void saysWhatHasGoneWhileTheContainerWasDown() throws BundleException, InterruptedException {
        framework.deploy("1.0.0");
        awaitEvent(PluginEvent.What.INSTALLED, "Version 1.0.0 has come, though not through Varuna");

        framework.restart("another-cache");

        awaitEvent(
                PluginEvent.What.REMOVED,
                "Version 1.0.0, which did not come through Varuna, has gone while the container was down; there is no"
                        + " other");
    }
}
