package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
            assertThat(LeftThreads.of(plugin, List.of())).isEmpty();

            forgotten.start();
            assertThat(LeftThreads.of(plugin, List.of())).containsExactly("forgotten");

            end.countDown();
            forgotten.join();
            assertThat(LeftThreads.of(plugin, List.of())).isEmpty();
        }
    }
}
