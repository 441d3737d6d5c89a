package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleException;

class RestorationTest {
    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();

    @Test
    void writesDownWhatAnUpgradeHadNoTimeFor() throws BundleException, InterruptedException {
        framework.install(Jars.plugin("1.0.0"));
        framework.install(Jars.plugin("1.1.0"));
        Path versions = directory.resolve("plugin-versions.json");
        PreferredVersions.open(versions, Clock.systemUTC()).put("sample", "1.0.0");

        framework.restart("cache");

        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
        assertThat(PreferredVersions.open(versions, Clock.systemUTC()).has("sample", "1.1.0"))
                .isTrue();
        PluginEvent last = framework.plugins().events().get(0);
        assertThat(last.what()).isEqualTo(PluginEvent.What.EXCHANGED);
        assertThat(last.message())
                .isEqualTo("Version 1.1.0 is in the place of 1.0.0; the container ended at that moment");
    }
}
