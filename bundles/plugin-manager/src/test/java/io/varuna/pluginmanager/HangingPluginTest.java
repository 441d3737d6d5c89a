package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginEvent.What;
import io.varuna.api.manage.PluginKind;
import io.varuna.pluginmanager.sample.StubbornActivator;
import io.varuna.pluginmanager.sample.WaitingActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Plugins that do not come back from their start: whoever installs them is told, and everything else goes on. */
class HangingPluginTest {
    private static final Jars STUBBORN = Jars.startedBy("1.0.0", StubbornActivator.class);
    private static final Jars WAITING = Jars.startedBy("1.0.0", WaitingActivator.class);

    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();

    @BeforeEach
    void keep() {
        System.clearProperty(StubbornActivator.RELEASED);
    }

    @AfterEach
    void end() {
        System.setProperty(StubbornActivator.RELEASED, "true");
    }

    @Test
    void takesAwayOneThatListensToBeingInterrupted() throws IOException {
        assertThatThrownBy(() -> framework.install(WAITING))
                .hasMessage("Plugin 'sample' 1.0.0 cannot be started: it has not come back within 2 s; it was in "
                        + WaitingActivator.class.getName() + ".start, line 13. It is taken away again");

        assertThat(framework.bundle("1.0.0")).isEmpty();
        assertThat(framework.files()).isEmpty();
        framework.install(Jars.plugin("1.0.0"));
        assertThat(framework.plugins().list(PluginKind.SINK)).hasSize(1);
    }

    @Test
    void goesOnWithoutOneThatDoesNot() throws BundleException, InterruptedException {
        assertThatThrownBy(() -> framework.install(STUBBORN))
                .hasMessageStartingWith(
                        "Plugin 'sample' 1.0.0 cannot be started: it has not come back within 2 s; it was in "
                                + StubbornActivator.class.getName() + ".start, line ")
                .hasMessageEndingWith("It does not listen to being interrupted either, so it stays without being used"
                        + " until it comes back, or the container is started again");
        assertThatThrownBy(() -> framework.install(STUBBORN))
                .hasMessageStartingWith("Plugin 'sample' 1.0.0 is installed, and has not come back from its start");

        framework.install(Jars.plugin("1.1.0"));
        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
        assertThat(framework.plugins().events()).extracting(PluginEvent::what).contains(What.REFUSED);

        System.setProperty(StubbornActivator.RELEASED, "true");
        await().untilAsserted(() -> assertThat(framework.bundle("1.0.0")).isEmpty());
        framework.restart("cache");
        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
    }

    private CompletableFuture<Void> deploy(Jars content) throws IOException, BundleException {
        Path file = content.write(directory.resolve("deployed.jar"));
        Bundle deployed = framework.context().installBundle(file.toUri().toString(), Files.newInputStream(file));
        return CompletableFuture.runAsync(() -> {
            try {
                deployed.start();
            } catch (BundleException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void awaitEvent(String end) {
        await().untilAsserted(() -> assertThat(framework.plugins().events())
                .extracting(PluginEvent::message)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("Plugin 'sample' 1.0.0 has not come back from its start within 2 s; it was in "
                                + "io.varuna.pluginmanager.sample.")
                        .endsWith(end)));
    }

    @Test
    void interruptsOneThatTheContainerStarts() throws IOException, BundleException {
        CompletableFuture<Void> start = deploy(WAITING);

        awaitEvent(". It was interrupted");
        assertThat(start).isCompletedExceptionally();
    }

    @Test
    void saysWhatWaitsForOneThatTheContainerStarts() throws IOException, BundleException {
        CompletableFuture<Void> start = deploy(STUBBORN);

        awaitEvent("Take it away, and start the container again");
        framework.install(Jars.plugin("1.1.0"));
        assertThat(framework.plugins().list(PluginKind.SINK)).hasSize(1);
        assertThat(start).isNotDone();
    }
}
