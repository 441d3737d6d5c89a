package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Plugins that come by the container's own ways are used only if their signatures let them. */
class GateTest {
    private static final String UNSIGNED =
            "Plugin 'sample' 1.0.0 is not signed. Only plugins of trusted signers are used here";

    private final Path directory;

    GateTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static PluginDescription sink(TestFramework framework) {
        return framework.plugins().get(PluginKind.SINK, "sample");
    }

    private void deploy(TestFramework framework, Jars jar, String file) throws BundleException {
        Path path = jar.write(directory.resolve(file));
        framework.context().installBundle(path.toUri().toString()).start();
    }

    @Test
    void refusesWhatNobodyHasSigned() throws Exception {
        try (TestFramework framework = new TestFramework(directory, SignaturePolicy.ENFORCE)) {
            deploy(framework, Jars.plugin("1.0.0"), "sample.jar");

            PluginDescription refused = sink(framework);

            assertThat(refused.refusal()).startsWith(UNSIGNED).contains(directory.resolve("trusted") + "'");
            assertThat(refused.properties()).isEmpty();
            PluginEvent event = framework.plugins().events().get(0);
            assertThat(event.what()).isEqualTo(PluginEvent.What.REFUSED);
            assertThat(event.plugin()).isEqualTo("sample");
            assertThat(event.message()).isEqualTo(refused.refusal());
            framework.restart("cache");
            assertThat(sink(framework).isAdmitted()).isFalse();
            assertThat(framework.plugins().events()).hasSize(1);
            assertThat(framework
                            .plugins()
                            .remove(PluginKind.SINK, "sample", false)
                            .from())
                    .isEqualTo("1.0.0");
            assertThat(framework.plugins().list()).isEmpty();
        }
    }

    @Test
    void usesWhatSomebodyTrustedHasSigned() throws Exception {
        Signer known = Signer.create(directory, "known");
        known.isTrustedIn(directory.resolve("trusted"));
        try (TestFramework framework = new TestFramework(directory, SignaturePolicy.ENFORCE)) {
            deploy(framework, known.sign(Jars.plugin("1.0.0")), "sample.jar");

            assertThat(sink(framework).isAdmitted()).isTrue();
            assertThat(sink(framework).signer()).isEqualTo("CN=known");
        }
    }

    @Test
    void looksAtWhatIsInstalledAndNotAtTheFile() throws Exception {
        Signer known = Signer.create(directory, "known");
        known.isTrustedIn(directory.resolve("trusted"));
        try (TestFramework framework = new TestFramework(directory, SignaturePolicy.ENFORCE)) {
            Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.jar"));
            Bundle bundle = framework.context().installBundle(file.toUri().toString());
            known.sign(Jars.plugin("1.0.0")).write(file);
            bundle.start();

            assertThat(sink(framework).isAdmitted()).isFalse();
        }
    }

    @Test
    void refusesWhatWasChangedAfterItHadBeenSignedThoughItOnlyWarns() throws Exception {
        Signer known = Signer.create(directory, "known");
        known.isTrustedIn(directory.resolve("trusted"));
        Jars changed = known.sign(Jars.plugin("1.0.0").with("note.txt", "one")).with("note.txt", "other");
        try (TestFramework framework = new TestFramework(directory, SignaturePolicy.WARN)) {
            deploy(framework, changed, "sample.jar");

            assertThat(sink(framework).refusal()).contains("was changed after it had been signed");
        }
    }

    @Test
    void usesWhatNobodyHasSignedWhereThatOnlyWarnsOrIsOff() throws Exception {
        for (SignaturePolicy policy : new SignaturePolicy[] {SignaturePolicy.WARN, SignaturePolicy.OFF}) {
            Path own = Files.createDirectory(directory.resolve(policy.name()));
            try (TestFramework framework = new TestFramework(own, policy)) {
                deploy(framework, Jars.plugin("1.0.0"), policy + ".jar");

                assertThat(sink(framework).isAdmitted()).isTrue();
            }
        }
    }

    @Test
    void usesWhatIsAPartOfTheDistribution() throws BundleException, IOException, InterruptedException {
        try (TestFramework framework = new TestFramework(directory, SignaturePolicy.ENFORCE)) {
            Path inside = directory.resolve("system/com/acme/sample/1.0.0/sample-1.0.0.jar");
            Files.createDirectories(inside.getParent());
            Jars.plugin("1.0.0").write(inside);

            framework
                    .context()
                    .installBundle("mvn:com.acme/sample/1.0.0", Files.newInputStream(inside))
                    .start();

            assertThat(sink(framework).isAdmitted()).isTrue();
        }
    }
}
