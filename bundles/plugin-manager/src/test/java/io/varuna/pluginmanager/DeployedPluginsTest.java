package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import io.varuna.pluginmanager.sample.StubbornActivator;
import io.varuna.pluginmanager.sample.WaitingActivator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What lies in the hot deploy directory comes and goes, and nothing of it keeps the one who looks after the directory. */
class DeployedPluginsTest {
    private static final String STUBBORN =
            "Plugin 'sample' 1.0.0 cannot be started: it has not come back within 2 s; it" + " was in "
                    + StubbornActivator.class.getName() + ".start, line ";

    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();
    private DeployedPlugins deployed;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(directory.resolve("deploy"));
        deployed = open();
    }

    private DeployedPlugins open() {
        return new DeployedPlugins(framework.context(), framework.plugins(), directory.resolve("deployed.properties"));
    }

    @BeforeEach
    void keep() {
        System.clearProperty(StubbornActivator.RELEASED);
    }

    @AfterEach
    void end() {
        System.setProperty(StubbornActivator.RELEASED, "true");
        deployed.close();
    }

    private File file(String name, Jars content) {
        return content.write(directory.resolve("deploy").resolve(name)).toFile();
    }

    private PluginDescription sink() {
        return framework.plugins().get(PluginKind.SINK, "sample");
    }

    private void awaitGone(String version) {
        await().untilAsserted(() -> assertThat(framework.bundle(version)).isEmpty());
    }

    @Test
    void takesWhatIsMadeForTheEngineAndLeavesTheRestToTheContainer() throws IOException {
        assertThat(deployed.canHandle(file("plugin.jar", Jars.plugin("1.0.0")))).isTrue();
        assertThat(deployed.canHandle(file("plugin.kar", Jars.plugin("1.0.0")))).isFalse();
        assertThat(deployed.canHandle(file("library.jar", Jars.manifest("Bundle-SymbolicName: com.acme.library"))))
                .isFalse();
        assertThat(deployed.canHandle(file("plain.jar", Jars.empty().with("a.txt", "a"))))
                .isFalse();
        File half = directory.resolve("deploy/half.jar").toFile();
        byte[] whole = Jars.plugin("1.0.0").bytes();
        Files.write(half.toPath(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(deployed.canHandle(half)).isFalse();
        assertThat(deployed.canHandle(directory.resolve("deploy/gone.jar").toFile()))
                .isFalse();
    }

    @Test
    void keepsWhatAFileWasUntilAnotherOneIsWhole() throws IOException {
        File file = file("plugin.jar", Jars.plugin("1.0.0"));
        deployed.install(file);
        byte[] next = Jars.plugin("1.0.1").bytes();

        Files.write(file.toPath(), Arrays.copyOf(next, next.length / 2));
        assertThat(deployed.canHandle(file)).isTrue();
        deployed.update(file);
        assertThat(sink().version()).isEqualTo("1.0.0");
        assertThat(framework.plugins().events())
                .first()
                .extracting(PluginEvent::message)
                .isEqualTo(
                        "'plugin.jar' is cut off, or no jar any more. What it was before is used until a whole one takes"
                                + " its place, or the file is deleted");

        Files.write(file.toPath(), next);
        deployed.update(file);
        assertThat(sink().version()).isEqualTo("1.0.1");
    }

    @Test
    void bringsReplacesAndTakesAway() throws IOException {
        File file = file("plugin.jar", Jars.plugin("1.0.0"));
        deployed.install(file);
        assertThat(sink().version()).isEqualTo("1.0.0");
        assertThat(framework.bundle("1.0.0"))
                .extracting(Bundle::getLocation)
                .containsExactly(file.toURI().toString());

        deployed.update(file("plugin.jar", Jars.plugin("1.0.1")));
        assertThat(sink().version()).isEqualTo("1.0.1");
        assertThat(framework.bundle("1.0.0")).isEmpty();

        Files.delete(file.toPath());
        assertThat(deployed.canHandle(file)).isTrue();
        deployed.uninstall(file);
        assertThat(framework.bundle("1.0.1")).isEmpty();
        assertThat(framework.plugins().list(PluginKind.SINK)).isEmpty();
    }

    @Test
    void comesBackFromOneThatDoesNotAndSaysWhatToDo() throws IOException {
        File stubborn = file("stubborn.jar", Jars.startedBy("1.0.0", StubbornActivator.class));
        deployed.install(stubborn);

        assertThat(sink().refusal())
                .startsWith(STUBBORN)
                .contains("its thread is given up, and nothing of it is used. Take the file away;");
        assertThat(framework.plugins().list(PluginKind.FUNCTION))
                .allSatisfy(library -> assertThat(library.refusal()).startsWith(STUBBORN));
        assertThat(framework.plugins().events())
                .extracting(PluginEvent::message)
                .contains(sink().refusal());

        File other = file("other.jar", Jars.plugin("1.1.0"));
        deployed.install(other);
        assertThat(sink().version()).isEqualTo("1.1.0");
        assertThat(sink().isAdmitted()).isTrue();

        Files.delete(other.toPath());
        deployed.uninstall(other);
        framework.plugins().remove(PluginKind.SINK, "sample", true);
        assertThat(stubborn).doesNotExist();
        deployed.uninstall(stubborn);
        assertThat(framework.bundle("1.0.0")).hasSize(1);
        System.setProperty(StubbornActivator.RELEASED, "true");
        awaitGone("1.0.0");
    }

    @Test
    void triesAnotherContentAsSoonAsTheFormerOneHasComeBack() {
        File file = file("plugin.jar", Jars.startedBy("1.0.0", StubbornActivator.class));
        deployed.install(file);
        deployed.update(file("plugin.jar", Jars.plugin("1.0.1")));

        assertThat(framework.plugins().events().get(0).message())
                .startsWith("Plugin 'sample' 1.0.1 waits for what 'plugin.jar' was before");
        System.setProperty(StubbornActivator.RELEASED, "true");
        await().untilAsserted(() -> assertThat(sink().version()).isEqualTo("1.0.1"));
        assertThat(sink().isAdmitted()).isTrue();
    }

    @Test
    void keepsOneThatListensForSomethingElseToTakeItsPlace() throws BundleException, InterruptedException {
        File file = file("plugin.jar", Jars.startedBy("1.0.0", WaitingActivator.class));
        deployed.install(file);

        assertThat(sink().refusal()).endsWith("Take the file away, or put one in its place that starts");
        assertThat(framework.bundle("1.0.0")).extracting(Bundle::getState).doesNotContain(Bundle.ACTIVE);
        deployed.close();
        framework.restart("cache");
        deployed = open();
        assertThat(framework.bundle("1.0.0")).extracting(Bundle::getState).doesNotContain(Bundle.ACTIVE);
        deployed.update(file);
        assertThat(sink().refusal()).contains("it has not come back within 2 s");

        deployed.update(file("plugin.jar", Jars.plugin("1.0.0")));
        assertThat(sink().isAdmitted()).isTrue();
    }

    @Test
    void startsOneWhenWhatItNeedsHasCome() throws BundleException {
        deployed.install(file(
                "plugin.jar",
                Jars.plugin(
                        "1.0.0", "io.varuna.api.sink,io.varuna.api.plugin,io.varuna.api.function,com.acme.library")));

        assertThat(sink().refusal()).contains("needs the package 'com.acme.library'");
        File library = file(
                "library.jar",
                Jars.manifest("Bundle-SymbolicName: com.acme.library", "Export-Package: com.acme.library"));
        framework.context().installBundle(library.toURI().toString());
        await().untilAsserted(() -> assertThat(framework.bundle("1.0.0"))
                .extracting(Bundle::getState)
                .containsExactly(Bundle.ACTIVE));
        await().untilAsserted(() ->
                assertThat(framework.plugins().list(PluginKind.SINK)).allMatch(PluginDescription::isAdmitted));
    }

    @Test
    void startsOneAgainThatDoesNotComeBackThenOnlyWhenItsFileIsTheSame() throws Exception {
        System.setProperty(StubbornActivator.RELEASED, "true");
        File file = file("plugin.jar", Jars.startedBy("1.0.0", StubbornActivator.class));
        deployed.install(file);
        deployed.close();
        System.clearProperty(StubbornActivator.RELEASED);

        framework.restart("cache");
        deployed = open();
        assertThat(framework.bundle("1.0.0")).extracting(Bundle::getState).containsExactly(Bundle.INSTALLED);
        deployed.update(file("plugin.jar", Jars.plugin("1.0.1")));

        assertThat(sink().version()).isEqualTo("1.0.1");
        assertThat(sink().isAdmitted()).isTrue();
    }

    @Test
    void leavesAloneWhatIsThereOtherwise() {
        framework.install(Jars.plugin("1.0.0"));
        String bundle = framework.bundle("1.0.0").get(0).getLocation();

        deployed.install(file("plugin.jar", Jars.plugin("1.0.0").with("more.txt", "other content")));

        assertThat(framework.plugins().events().get(0).message())
                .isEqualTo("Plugin 'sample' 1.0.0 is there already, from '" + bundle
                        + "', so 'plugin.jar' is not used. Remove that one first, or give this one a higher version");
        assertThat(framework.bundle("1.0.0")).extracting(Bundle::getLocation).containsExactly(bundle);
    }

    @Test
    void knowsAfterARestartWhatHasChanged() throws BundleException, InterruptedException {
        File file = file("plugin.jar", Jars.plugin("1.0.0"));
        deployed.install(file);
        long installed = framework.bundle("1.0.0").get(0).getLastModified();
        deployed.close();
        framework.restart("cache");
        deployed = open();
        deployed.update(file);
        assertThat(framework.bundle("1.0.0"))
                .extracting(Bundle::getLastModified)
                .containsExactly(installed);

        deployed.close();
        framework.restart("cache");
        deployed = open();
        deployed.update(file("plugin.jar", Jars.plugin("1.0.1")));
        assertThat(sink().version()).isEqualTo("1.0.1");
    }

    @Test
    void takesAwayWhatCannotGoAsSoonAsItComesBack() {
        assertThatThrownBy(() -> framework.install(Jars.startedBy("1.0.0", StubbornActivator.class)))
                .hasMessageStartingWith(STUBBORN);

        assertThat(sink().refusal()).startsWith(STUBBORN);
        assertThat(framework.plugins().remove(PluginKind.SINK, "sample", true).remarks())
                .containsExactly("It has not come back from its start or stop. It goes when it does, or with the next"
                        + " start of the container");
        System.setProperty(StubbornActivator.RELEASED, "true");
        awaitGone("1.0.0");
    }
}
