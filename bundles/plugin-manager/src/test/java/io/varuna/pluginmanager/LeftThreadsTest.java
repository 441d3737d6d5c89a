package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.pluginmanager.sample.WaitingTask;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

class LeftThreadsTest {
    @Test
    void threadsOfAPluginAreNamedUntilTheyEnd(@TempDir Path directory) throws Exception {
        try (TestFramework framework = new TestFramework(directory)) {
            framework.install(Jars.plugin("1.0.0"));
            Bundle plugin = framework.bundle("1.0.0").get(0);
            CountDownLatch end = new CountDownLatch(1);
            Thread forgotten = new Thread(
                    () -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "forgotten");
            forgotten.setContextClassLoader(plugin.adapt(BundleWiring.class).getClassLoader());
            assertThat(LeftThreads.of(plugin, Map.of())).isEmpty();

            forgotten.start();
            assertThat(LeftThreads.of(plugin, Map.of())).containsExactly("forgotten");

            end.countDown();
            forgotten.join();
            assertThat(LeftThreads.of(plugin, Map.of())).isEmpty();
        }
    }

    @Test
    void aThreadThatWasThereBeforeTheOtherVersionIsOfTheFormerOne(@TempDir Path directory) throws Exception {
        try (TestFramework framework = new TestFramework(directory)) {
            framework.install(Jars.plugin("1.0.0").with(WaitingTask.class));
            Bundle former = framework.bundle("1.0.0").get(0);
            byte[] other = Jars.plugin("1.1.0").with(WaitingTask.class).bytes();
            Bundle next = framework.context().installBundle("next", new ByteArrayInputStream(other));
            next.start();
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            Thread forgotten = new Thread(WaitingTask.of(begun, end), "forgotten");
            forgotten.start();
            begun.await();

            assertThat(LeftThreads.of(former, Map.of(next, forgotten.getId() + 1)))
                    .containsExactly("forgotten");
            assertThat(LeftThreads.of(former, Map.of(next, forgotten.getId() - 1)))
                    .isEmpty();

            end.countDown();
            forgotten.join();
        }
    }
}
