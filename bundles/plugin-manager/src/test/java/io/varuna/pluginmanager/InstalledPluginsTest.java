package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PropertyDescription;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleException;

class InstalledPluginsTest {
    @RegisterExtension
    final TestFramework framework = new TestFramework();

    private final Path directory = framework.directory();

    @Test
    void installsAPluginAndDescribesIt() {
        PluginChange installed = framework.plugins().install(framework.request(Jars.plugin("1.0.0")));
        PluginDescription sink = framework.plugins().get(PluginKind.SINK, "sample");

        assertThat(installed).isEqualTo(new PluginChange("sample", "", "1.0.0", List.of(), List.of()));
        assertThat(sink.name()).isEqualTo("sample");
        assertThat(sink.version()).isEqualTo("1.0.0");
        assertThat(sink.plugin()).isEqualTo("sample");
        assertThat(sink.properties())
                .containsExactly(
                        new PropertyDescription("url", "string", true, "", "Where to write to"),
                        new PropertyDescription("fields", "string[]", false, "a,b", ""),
                        new PropertyDescription("pool.size", "int", false, "4", ""));
        assertThat(framework.plugins().list(PluginKind.FUNCTION))
                .singleElement()
                .satisfies(library -> assertThat(library.functions()).containsExactly("twice"));
        assertThat(framework.plugins().list()).hasSize(2);
    }

    @Test
    void saysWhoSignedAPlugin() throws Exception {
        Signer known = Signer.create(directory, "known");
        known.isTrustedIn(directory.resolve("trusted"));

        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));
        assertThat(signer()).isEmpty();

        framework.plugins().install(framework.request(known.sign(Jars.plugin("1.1.0"))));
        assertThat(signer()).isEqualTo("CN=known");
        framework.restart("cache");
        assertThat(signer()).isEqualTo("CN=known");

        framework.plugins().rollback(PluginKind.SINK, "sample");
        assertThat(signer()).isEmpty();
    }

    private String signer() {
        return framework.plugins().get(PluginKind.SINK, "sample").signer();
    }

    @Test
    void installsAPluginThatIsSentAlong() {
        PluginRequest request = new PluginRequest(PluginKind.SINK, "sample", "sample.jar", List.of());
        byte[] plugin = Jars.plugin("1.0.0").bytes();

        framework.plugins().install(request, new ByteArrayInputStream(plugin));

        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.0.0");
        byte[] half = Arrays.copyOf(plugin, 1000);
        assertThatThrownBy(() -> framework.plugins().install(request, new ByteArrayInputStream(half)))
                .hasMessageStartingWith("'sample.jar' is damaged");
    }

    @Test
    void removesAPluginWithItsFiles() throws IOException {
        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));

        framework.plugins().remove(PluginKind.SINK, "sample", false);

        assertThat(framework.plugins().list()).isEmpty();
        assertThat(framework.bundle("1.0.0")).isEmpty();
        assertThat(framework.files()).containsExactly("wanted.json");
        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));
        assertThat(framework.plugins().list(PluginKind.SINK)).hasSize(1);
    }

    @Test
    void namesWhatIsKnownWhenAskedForSomethingElse() {
        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));

        assertThatThrownBy(() -> framework.plugins().get(PluginKind.SINK, "mysql"))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_NOT_FOUND))
                .hasMessage("There is no sink 'mysql'. There are: sample");
        assertThatThrownBy(() -> framework.plugins().get(PluginKind.SINK, "smaple"))
                .hasMessage("There is no sink 'smaple'. Did you mean 'sample'? There are: sample");
        assertThatThrownBy(() -> framework.plugins().remove(PluginKind.SOURCE, "mysql", false))
                .hasMessage("There is no source 'mysql'. There is none");
    }

    @Test
    void keepsThePluginAcrossARestart() throws BundleException, InterruptedException {
        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));

        framework.restart("cache");

        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.0.0");
    }

    @Test
    void bringsThePluginBackWhenTheBundleCacheIsGone() throws BundleException, InterruptedException {
        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));

        framework.restart("another-cache");

        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.0.0");
    }

    @Test
    void bringsBackNothingThatWasChangedOnDisk() throws BundleException, InterruptedException {
        framework.plugins().install(framework.request(Jars.plugin("1.0.0")));
        Jars.plugin("1.0.0")
                .with("evil", "x")
                .write(directory.resolve("plugins").resolve(Jars.SYMBOLIC_NAME + "-1.0.0.jar"));

        framework.restart("another-cache");

        assertThat(framework.plugins().list()).isEmpty();
    }

    @Test
    void refusesTheSameVersion() {
        framework.plugins().install(framework.request(Jars.plugin("1.1.0")));

        refused(StandardError.PLUGIN_EXISTS, Jars.plugin("1.1.0"))
                .hasMessage("Plugin 'sample' 1.1.0 is installed already");
        refused(StandardError.PLUGIN_REJECTED, Jars.plugin("1.1.0").with("more", "x"))
                .hasMessage("Plugin 'sample' 1.1.0 is installed with other content. A changed plugin needs a higher"
                        + " version");
        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
    }

    @Test
    void refusesAPluginForAnotherEngine() {
        refused(StandardError.PLUGIN_REJECTED, Jars.plugin("1.0.0", "io.varuna.api.sink;version=\"[2.4,3)\""))
                .hasMessage(
                        "Plugin 'sample' 1.0.0 needs engine API 2.4 or later (package 'io.varuna.api.sink'); this is"
                                + " 1.0. Take a version of the plugin that was made for this engine");
    }

    @Test
    void saysInPlainWordsWhichPackageIsMissing() throws IOException {
        refused(
                        StandardError.PLUGIN_REJECTED,
                        Jars.plugin("1.0.0", "io.varuna.api.sink,com.zaxxer.hikari;version=\"[7,8)\""))
                .hasMessage(
                        "Plugin 'sample' 1.0.0 needs the package 'com.zaxxer.hikari' in version 7.0 or later, below 8.0,"
                                + " which no bundle here has. Put the library that has it into the bundle, or beside"
                                + " the bundle into the zip");
        assertThat(framework.bundle("1.0.0")).isEmpty();
        assertThat(framework.files()).isEmpty();
    }

    @Test
    void installsTheLibrariesThatComeInTheZip() throws IOException {
        Jars driver = Jars.manifest(
                "Bundle-SymbolicName: driver",
                "Bundle-Version: 7.1.0",
                "Export-Package: com.zaxxer.hikari;version=7.1.0");
        Jars zip = Jars.empty()
                .with(
                        "sample.jar",
                        Jars.plugin(
                                        "1.0.0",
                                        "io.varuna.api.sink,io.varuna.api.plugin,io.varuna.api.function,"
                                                + "com.zaxxer.hikari;version=\"[7,8)\"")
                                .bytes())
                .with("driver.jar", driver.with("com/zaxxer/hikari/x.txt", "x").bytes());

        framework.plugins().install(framework.request(zip));
        assertThat(framework.context().getBundles()).hasSize(3);

        framework.plugins().remove(PluginKind.SINK, "sample", false);
        assertThat(framework.context().getBundles()).hasSize(1);
        assertThat(framework.files()).containsExactly("wanted.json");
    }

    @Test
    void refusesAFileThatOffersSomethingElse() {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.zip"));

        assertThatThrownBy(() -> framework
                        .plugins()
                        .install(new PluginRequest(
                                PluginKind.SINK, "mysql", file.toUri().toString(), List.of())))
                .hasMessage("The file does not offer sink 'mysql'. It offers: function 'sample', sink 'sample'");
        assertThatThrownBy(() -> framework
                        .plugins()
                        .install(new PluginRequest(
                                PluginKind.FUNCTION,
                                "sample",
                                file.toUri().toString(),
                                List.of("Twice", "doubled", "thrice"))))
                .hasMessage("The plugin does not have the functions thrice. It has: twice");
        assertThat(framework.plugins().list()).isEmpty();
    }

    @Test
    void refusesContentThatWasNotAskedFor() {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.zip"));
        String sha256 = BundleFile.sha256(file);

        assertThatThrownBy(() -> framework.plugins().install(requestOf(file, "0".repeat(64))))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED))
                .hasMessage("'" + file.toUri() + "' is not what was asked for: its SHA-256 is " + sha256 + ", not "
                        + "0".repeat(64)
                        + ". It was damaged on the way, or exchanged by somebody. It is not installed");
        assertThatThrownBy(() -> framework.plugins().install(requestOf(file, "abc")))
                .hasMessage("'abc' is not a SHA-256, which has 64 hexadecimal digits. 'sha256sum' prints it");
        assertThat(framework
                        .plugins()
                        .install(requestOf(file, sha256.toUpperCase(Locale.ROOT)))
                        .to())
                .isEqualTo("1.0.0");
    }

    private static PluginRequest requestOf(Path file, String sha256) {
        return new PluginRequest(PluginKind.SINK, "sample", file.toUri().toString(), List.of(), sha256);
    }

    @Test
    void refusesWhatWouldBecomeAPartOfOthers() {
        Jars fragment = Jars.manifest("Bundle-SymbolicName: patch", "Fragment-Host: io.varuna.runtime");

        refused(
                        StandardError.PLUGIN_REJECTED,
                        Jars.empty()
                                .with("sample.jar", Jars.plugin("1.0.0").bytes())
                                .with("patch.jar", fragment.bytes()))
                .hasMessage(
                        "Plugin 'patch' 0.0.0 is to become a part of the bundle 'io.varuna.runtime', which is not in the same"
                                + " file. A plugin may not change what others are made of");
        refused(
                        StandardError.PLUGIN_REJECTED,
                        Jars.plugin("1.0.0").withHeader("Export-Package: sample,io.varuna.api.sink;version=\"1.9\""))
                .hasMessage(
                        "Plugin 'sample' 1.0.0 exports the package 'io.varuna.api.sink' of the engine to others. Leave"
                                + " it out of the bundle, and import it");
        assertThat(framework.bundle("1.0.0")).isEmpty();
    }

    @Test
    void refusesAPluginWhoseServiceDoesNotCome() {
        Jars silent = Jars.plugin("1.0.0");
        String manifest = new String(silent.entries().get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8)
                .replace("\r\n ", "")
                .replaceAll("Bundle-Activator: .*\r\n", "")
                .replaceAll("(.{60})(?=.)", "$1\r\n ");

        refused(StandardError.PLUGIN_REJECTED, silent.with("META-INF/MANIFEST.MF", manifest))
                .hasMessageContaining("started, but did not offer sink 'sample' within 2 s");
        assertThat(framework.bundle("1.0.0")).isEmpty();
    }

    @Test
    void changesNothingIfTheListOfPluginsCannotBeWritten() throws IOException {
        framework.install(Jars.plugin("1.0.0"));
        Files.createDirectory(directory.resolve("plugins/wanted.json.new"));

        refused(StandardError.DOWNLOAD_FAILED, Jars.plugin("1.1.0"))
                .hasMessageContaining("wanted.json' cannot be written: Is a directory. Nothing has changed. See that");
        assertThat(framework.bundle("1.1.0")).isEmpty();
        assertThat(framework.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("1.0.0");
    }

    @Test
    void refusesNamesThatCouldBecomePaths() {
        assertThatThrownBy(() -> framework
                        .plugins()
                        .install(new PluginRequest(PluginKind.SINK, "../x", "file:///tmp/x.zip", List.of())))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.INVALID_NAME));
        assertThatThrownBy(() -> framework.plugins().install(new PluginRequest(PluginKind.SINK, "x", " ", List.of())))
                .hasMessage("No catalogue has sink 'x'. Say where the plugin is in 'file', such as"
                        + " https://example.org/mysql.zip");
    }

    @Test
    void removesAPluginThatWasInstalledByOtherMeans() throws BundleException {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.jar"));
        framework.context().installBundle(file.toUri().toString()).start();
        assertThat(framework.plugins().list(PluginKind.SINK)).hasSize(1);

        framework.plugins().remove(PluginKind.SINK, "sample", false);

        assertThat(framework.plugins().list()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void forgetsWhatAnInterruptedInstallationLeft() throws BundleException, InterruptedException, IOException {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.jar"));
        new Bundles(framework.context()).install(Jars.SYMBOLIC_NAME, "1.0.0", file);
        Files.writeString(directory.resolve("plugins").resolve("incoming"), "half of a file");

        framework.restart("cache");

        assertThat(framework.bundle("1.0.0")).isEmpty();
        assertThat(framework.files()).isEmpty();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(StandardError code, Jars content) {
        return assertThatThrownBy(() -> framework.plugins().install(framework.request(content)))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }
}
