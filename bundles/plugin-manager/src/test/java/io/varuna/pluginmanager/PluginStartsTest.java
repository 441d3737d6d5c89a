package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import io.varuna.pluginmanager.sample.StubbornActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Plugins that have started once, and are started again with the container: the framework's own thread never waits for them. */
class PluginStartsTest {
    private static final Jars STUBBORN = Jars.startedBy("1.0.0", StubbornActivator.class);
    private static final String REASON =
            "Plugin 'sample' 1.0.0 cannot be started: it has not come back within 2 s; it was in "
                    + StubbornActivator.class.getName() + ".start, line ";

    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();

    @BeforeEach
    void release() {
        System.setProperty(StubbornActivator.RELEASED, "true");
    }

    @AfterEach
    void end() {
        release();
    }

    private static void keep() {
        System.clearProperty(StubbornActivator.RELEASED);
    }

    private PluginDescription sink() {
        return framework.plugins().get(PluginKind.SINK, "sample");
    }

    private int state() {
        return framework.bundle("1.0.0").get(0).getState();
    }

    /** Has a plugin come by one of the container's own ways, which marks it to be started with the framework. */
    private void bring(Jars content) throws IOException, BundleException {
        Path file = content.write(directory.resolve("foreign.jar"));
        Bundle bundle = framework.context().installBundle(file.toUri().toString(), Files.newInputStream(file));
        bundle.adapt(BundleStartLevel.class).setStartLevel(2);
        framework.reach(2);
        bundle.start();
    }

    @Test
    void startsAgainWhatCameThroughUs() throws BundleException, InterruptedException {
        framework.install(Jars.plugin("1.0.0"));
        framework.restart("cache");

        assertThat(sink().isAdmitted()).isTrue();
        assertThat(framework
                        .bundle("1.0.0")
                        .get(0)
                        .adapt(BundleStartLevel.class)
                        .isPersistentlyStarted())
                .isFalse();
    }

    @Test
    void givesUpOneThatDoesNotComeBackThisTime() throws BundleException, InterruptedException, IOException {
        framework.install(STUBBORN);
        keep();
        framework.restart("cache");

        assertThat(sink().refusal()).startsWith(REASON).endsWith("or with the next start of the container");
        assertThat(framework.plugins().events())
                .extracting(PluginEvent::message)
                .contains(sink().refusal());
        assertThat(framework.plugins().remove(PluginKind.SINK, "sample", false).remarks())
                .hasSize(1);
        release();
        await().untilAsserted(() -> assertThat(framework.bundle("1.0.0")).isEmpty());
        framework.restart("cache");
        assertThat(framework.bundle("1.0.0")).isEmpty();
    }

    @Test
    void usesOneThatComesBackLate() throws BundleException, InterruptedException {
        framework.install(STUBBORN);
        keep();
        framework.restart("cache");
        assertThat(sink().refusal()).startsWith(REASON);

        release();
        await().until(() -> state() == Bundle.ACTIVE);
        await().untilAsserted(() -> assertThat(framework.plugins().list(PluginKind.SINK))
                .noneMatch(plugin -> plugin.refusal().startsWith(REASON)));
    }

    @Test
    void takesOverWhatTheContainerMarkedBeforeTheFrameworkComesToIt() throws Exception {
        bring(STUBBORN);
        keep();
        framework.restart("cache");
        framework.reach(2);

        await().untilAsserted(() -> assertThat(framework.plugins().list(PluginKind.SINK))
                .anySatisfy(plugin -> assertThat(plugin.refusal()).startsWith(REASON)));
        assertThat(framework
                        .bundle("1.0.0")
                        .get(0)
                        .adapt(BundleStartLevel.class)
                        .isPersistentlyStarted())
                .isFalse();
        framework.plugins().remove(PluginKind.SINK, "sample", false);
        release();
        await().untilAsserted(() -> assertThat(framework.bundle("1.0.0")).isEmpty());
    }

    @Test
    void doesNotStartWhatSomebodyHasStopped() throws Exception {
        bring(Jars.plugin("1.0.0"));
        framework.restart("cache");
        framework.reach(2);
        await().until(() -> state() == Bundle.ACTIVE);

        framework.bundle("1.0.0").get(0).stop();
        framework.restart("cache");
        framework.reach(2);

        assertThat(state()).isNotEqualTo(Bundle.ACTIVE);
        assertThat(framework
                        .plugins()
                        .bundles()
                        .starts()
                        .isToStart(framework.bundle("1.0.0").get(0)))
                .isFalse();
    }
}
