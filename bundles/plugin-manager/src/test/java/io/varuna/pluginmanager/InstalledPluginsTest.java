package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PropertyDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

class InstalledPluginsTest {
    private final Path directory;
    private Framework framework;
    private InstalledPlugins plugins;

    InstalledPluginsTest(@TempDir Path directory) throws BundleException {
        this.directory = directory;
        this.framework = startFramework("cache");
        this.plugins = plugins();
    }

    private Framework startFramework(String cache) throws BundleException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("org.osgi.framework.storage", directory.resolve(cache).toString());
        configuration.put(
                "org.osgi.framework.system.packages.extra",
                "io.varuna.api.sink;version=1.0.0,io.varuna.api.plugin;version=1.0.0,io.varuna.api.function;version=1.0.0");
        Framework started = new FrameworkFactory().newFramework(configuration);
        started.start();
        return started;
    }

    private InstalledPlugins plugins() {
        return new InstalledPlugins(
                framework.getBundleContext(),
                directory.resolve("plugins"),
                new Download(new AddressPolicy(false), Duration.ofSeconds(10), 10_000_000),
                Trusts.of(directory.resolve("trusted"), SignaturePolicy.WARN),
                Duration.ofSeconds(2));
    }

    @AfterEach
    void stopFramework() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private void restart(String cache) throws BundleException, InterruptedException {
        stopFramework();
        framework = startFramework(cache);
        plugins = plugins();
    }

    @Test
    void installsAPluginAndDescribesIt() {
        PluginDescription sink = plugins.install(request(Jars.plugin("1.0.0")));

        assertThat(sink.name()).isEqualTo("sample");
        assertThat(sink.version()).isEqualTo("1.0.0");
        assertThat(sink.plugin()).isEqualTo("sample");
        assertThat(sink.properties())
                .containsExactly(
                        new PropertyDescription("url", "string", true, "", "Where to write to"),
                        new PropertyDescription("fields", "string[]", false, "a,b", ""),
                        new PropertyDescription("pool.size", "int", false, "4", ""));
        assertThat(plugins.list(PluginKind.FUNCTION))
                .singleElement()
                .satisfies(library -> assertThat(library.functions()).containsExactly("twice"));
        assertThat(plugins.list()).hasSize(2);
    }

    @Test
    void removesAPluginWithItsFiles() throws IOException {
        plugins.install(request(Jars.plugin("1.0.0")));

        plugins.remove(PluginKind.SINK, "sample");

        assertThat(plugins.list()).isEmpty();
        assertThat(bundle("1.0.0")).isEmpty();
        assertThat(files()).containsExactly("wanted.json");
        plugins.install(request(Jars.plugin("1.0.0")));
        assertThat(plugins.list(PluginKind.SINK)).hasSize(1);
    }

    @Test
    void namesWhatIsKnownWhenAskedForSomethingElse() {
        plugins.install(request(Jars.plugin("1.0.0")));

        assertThatThrownBy(() -> plugins.get(PluginKind.SINK, "mysql"))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_NOT_FOUND))
                .hasMessage("There is no sink 'mysql'. There are: sample");
        assertThatThrownBy(() -> plugins.remove(PluginKind.SOURCE, "mysql"))
                .hasMessage("There is no source 'mysql'. There is none");
    }

    @Test
    void keepsThePluginAcrossARestart() throws BundleException, InterruptedException {
        plugins.install(request(Jars.plugin("1.0.0")));

        restart("cache");

        assertThat(plugins.get(PluginKind.SINK, "sample").version()).isEqualTo("1.0.0");
    }

    @Test
    void bringsThePluginBackWhenTheBundleCacheIsGone() throws BundleException, InterruptedException {
        plugins.install(request(Jars.plugin("1.0.0")));

        restart("another-cache");

        assertThat(plugins.get(PluginKind.SINK, "sample").version()).isEqualTo("1.0.0");
    }

    @Test
    void bringsBackNothingThatWasChangedOnDisk() throws BundleException, InterruptedException {
        plugins.install(request(Jars.plugin("1.0.0")));
        Jars.plugin("1.0.0")
                .with("evil", "x")
                .write(directory.resolve("plugins").resolve(Jars.SYMBOLIC_NAME + "-1.0.0.jar"));

        restart("another-cache");

        assertThat(plugins.list()).isEmpty();
    }

    @Test
    void upgradesToAHigherVersion() throws BundleException, InterruptedException, IOException {
        plugins.install(request(Jars.plugin("1.0.0")));

        plugins.install(request(Jars.plugin("1.1.0")));

        assertThat(plugins.get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
        assertThat(bundle("1.0.0")).isEmpty();
        assertThat(files()).containsExactlyInAnyOrder("wanted.json", Jars.SYMBOLIC_NAME + "-1.1.0.jar");
        restart("another-cache");
        assertThat(plugins.get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
    }

    @Test
    void refusesAnOlderVersionAndTheSameOne() {
        plugins.install(request(Jars.plugin("1.1.0")));

        refused(StandardError.PLUGIN_EXISTS, Jars.plugin("1.0.0")).hasMessageContaining("which is older");
        refused(StandardError.PLUGIN_EXISTS, Jars.plugin("1.1.0"))
                .hasMessage("Plugin 'sample' 1.1.0 is installed already");
        refused(StandardError.PLUGIN_REJECTED, Jars.plugin("1.1.0").with("more", "x"))
                .hasMessage("Plugin 'sample' 1.1.0 is installed with other content. A changed plugin needs a higher"
                        + " version");
        assertThat(plugins.get(PluginKind.SINK, "sample").version()).isEqualTo("1.1.0");
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
        assertThat(bundle("1.0.0")).isEmpty();
        assertThat(files()).isEmpty();
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

        plugins.install(request(zip));
        assertThat(framework.getBundleContext().getBundles()).hasSize(3);

        plugins.remove(PluginKind.SINK, "sample");
        assertThat(framework.getBundleContext().getBundles()).hasSize(1);
        assertThat(files()).containsExactly("wanted.json");
    }

    @Test
    void refusesAFileThatOffersSomethingElse() {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.zip"));

        assertThatThrownBy(() -> plugins.install(
                        new PluginRequest(PluginKind.SINK, "mysql", file.toUri().toString(), List.of())))
                .hasMessage("The file does not offer sink 'mysql'. It offers: function 'sample', sink 'sample'");
        assertThatThrownBy(() -> plugins.install(new PluginRequest(
                        PluginKind.FUNCTION, "sample", file.toUri().toString(), List.of("twice", "thrice"))))
                .hasMessage("The plugin does not have the functions thrice. It has: twice");
        assertThat(plugins.list()).isEmpty();
    }

    @Test
    void refusesContentThatWasNotAskedFor() {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.zip"));
        String sha256 = BundleFile.sha256(file);

        assertThatThrownBy(() -> plugins.install(requestOf(file, "0".repeat(64))))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED))
                .hasMessage("'" + file.toUri() + "' is not what was asked for: its SHA-256 is " + sha256 + ", not "
                        + "0".repeat(64)
                        + ". It was damaged on the way, or exchanged by somebody. It is not installed");
        assertThatThrownBy(() -> plugins.install(requestOf(file, "abc")))
                .hasMessage("'abc' is not a SHA-256, which has 64 hexadecimal digits. 'sha256sum' prints it");
        assertThat(plugins.install(requestOf(file, sha256.toUpperCase(Locale.ROOT)))
                        .version())
                .isEqualTo("1.0.0");
    }

    private static PluginRequest requestOf(Path file, String sha256) {
        return new PluginRequest(PluginKind.SINK, "sample", file.toUri().toString(), List.of(), sha256);
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
        assertThat(bundle("1.0.0")).isEmpty();
    }

    @Test
    void refusesNamesThatCouldBecomePaths() {
        assertThatThrownBy(() ->
                        plugins.install(new PluginRequest(PluginKind.SINK, "../x", "file:///tmp/x.zip", List.of())))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.INVALID_NAME));
        assertThatThrownBy(() -> plugins.install(new PluginRequest(PluginKind.SINK, "x", " ", List.of())))
                .hasMessageStartingWith("Say where the plugin is");
    }

    @Test
    void removesAPluginThatWasInstalledByOtherMeans() throws BundleException {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.jar"));
        framework.getBundleContext().installBundle(file.toUri().toString()).start();
        assertThat(plugins.list(PluginKind.SINK)).hasSize(1);

        plugins.remove(PluginKind.SINK, "sample");

        assertThat(plugins.list()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void forgetsWhatAnInterruptedInstallationLeft() throws BundleException, InterruptedException, IOException {
        Path file = Jars.plugin("1.0.0").write(directory.resolve("sample.jar"));
        new Bundles(framework.getBundleContext()).install(Jars.SYMBOLIC_NAME, "1.0.0", file);
        Files.writeString(directory.resolve("plugins").resolve("incoming"), "half of a file");

        restart("cache");

        assertThat(bundle("1.0.0")).isEmpty();
        assertThat(files()).isEmpty();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(StandardError code, Jars content) {
        return assertThatThrownBy(() -> plugins.install(request(content)))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    private PluginRequest request(Jars content) {
        Path file = content.write(directory.resolve("sample.zip"));
        return new PluginRequest(PluginKind.SINK, "sample", file.toUri().toString(), List.of());
    }

    private List<Bundle> bundle(String version) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> Jars.SYMBOLIC_NAME.equals(bundle.getSymbolicName())
                        && bundle.getVersion().toString().equals(version))
                .toList();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
