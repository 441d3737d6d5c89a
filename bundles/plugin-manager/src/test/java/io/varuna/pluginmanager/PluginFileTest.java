package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginFileTest {
    private static final long MEGABYTE = 1024 * 1024;

    private final Path directory;

    PluginFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void readsABundle() throws IOException {
        BundleFile bundle = read(Jars.plugin("1.2.3").bytes()).bundles().get(0);

        assertThat(bundle.symbolicName()).isEqualTo(Jars.SYMBOLIC_NAME);
        assertThat(bundle.version()).hasToString("1.2.3");
        assertThat(bundle.sha256()).hasSize(64);
        assertThat(bundle.offers())
                .containsExactly(new Offer(PluginKind.SINK, "sample"), new Offer(PluginKind.FUNCTION, "sample"));
        assertThat(bundle.imports()).containsEntry("io.varuna.api.sink", "[1.0,2)");
    }

    @Test
    void readsAZipOfBundlesWithDefaultsBeside() throws IOException {
        PluginFile plugin = read(Jars.empty()
                .with("sample.jar", Jars.plugin("1.0.0").bytes())
                .with(
                        "lib/driver.jar",
                        Jars.manifest("Bundle-SymbolicName: driver").bytes())
                .with("sample.json", "{}")
                .with("sample.yaml", "default:\n  url: localhost\n")
                .bytes());

        assertThat(plugin.bundles()).extracting(BundleFile::symbolicName).containsExactly(Jars.SYMBOLIC_NAME, "driver");
        assertThat(plugin.defaults())
                .containsExactly(new SourceDefaults("sample.yaml", "default:\n  url: localhost\n"));
    }

    @Test
    void refusesDefaultsThatAreTooLarge() {
        Jars zip = Jars.empty()
                .with("sample.jar", Jars.plugin("1.0.0").bytes())
                .with("sources/sample.yaml", new byte[300 * 1024]);

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(VarunaException.class)
                .hasMessageEndingWith(
                        "has 'sources/sample.yaml' with more than 256 KB, the most that the properties of a"
                                + " source may have");
    }

    @Test
    void readsAKar() throws IOException {
        PluginFile plugin = read(Jars.manifest("Karaf-Feature-Start: true")
                .with("repository/a/b/1.0.0/b-1.0.0-features.xml", "<features/>")
                .with("repository/a/b/1.0.0/b-1.0.0.jar", Jars.plugin("1.0.0").bytes())
                .bytes());

        assertThat(plugin.bundles()).extracting(BundleFile::symbolicName).containsExactly(Jars.SYMBOLIC_NAME);
    }

    @Test
    void refusesWhatIsNoZip() {
        refused("<html>Not here</html>".getBytes(StandardCharsets.UTF_8))
                .hasMessage("'plugin.zip' is neither a zip nor a jar: it begins with '<htm'");
        refused(new byte[0]).hasMessageEndingWith("it begins with nothing, it is empty");
    }

    @Test
    void refusesAFileThatWasCutOff() {
        byte[] whole = Jars.plugin("1.0.0").bytes();

        refused(Arrays.copyOf(whole, whole.length / 2)).hasMessageStartingWith("'plugin.zip' is damaged");
    }

    @Test
    void refusesABundleWithFlippedBits() {
        byte[] broken = Jars.plugin("1.0.0").bytes();
        for (int i = 400; i < 600; i++) {
            broken[i] ^= 0x5a;
        }

        refused(broken).hasMessageStartingWith("'plugin.zip' is damaged");
    }

    @Test
    void refusesAZipWithoutABundle() {
        refused(Jars.empty().with("readme.txt", "x").bytes())
                .hasMessage("'plugin.zip' has no jar. A plugin is a zip with at least one bundle, or a bundle");
        refused(Jars.empty().with("x.jar", "no jar at all").bytes())
                .hasMessageStartingWith("'x.jar' is neither a zip nor a jar");
        refused(Jars.empty()
                        .with("x.jar", Jars.empty().with("a.class", "x").bytes())
                        .bytes())
                .hasMessage("'x.jar' has no manifest, so it is not a bundle that can be installed");
        refused(Jars.empty().with("x.jar", Jars.manifest().bytes()).bytes())
                .hasMessageStartingWith("'x.jar' is a jar, but not a bundle: its manifest has no Bundle-SymbolicName.");
    }

    @Test
    void refusesNamesAndVersionsThatCouldBecomePaths() {
        refused(Jars.manifest("Bundle-SymbolicName: ../../etc").bytes())
                .hasMessageContaining("'../../etc', which is not allowed");
        refused(Jars.manifest("Bundle-SymbolicName: a", "Bundle-Version: one").bytes())
                .hasMessageContaining("Bundle-Version 'one', which is not of the form 1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.jar", "a/../../evil.jar", "/etc/evil.jar", "C:/evil.jar", "a\\..\\evil.jar"})
    void refusesEntriesThatLeadOutOfTheirPlace(String path) {
        refused(Jars.empty().with(path, "x").bytes())
                .hasMessage("'plugin.zip' has an entry '" + path
                        + "' that leads out of its place. Such a file is not installed");
        assertThat(directory.resolve("../evil.jar")).doesNotExist();
    }

    @Test
    void refusesScriptsAndNativePlugins() {
        refused(Jars.empty().with("install.sh", "rm -rf /").bytes())
                .hasMessageContaining("has the script 'install.sh'. Scripts are never run here");
        refused(Jars.empty().with("Mysql@v1.0.0.so", "ELF").bytes())
                .hasMessageContaining("a native plugin of eKuiper. Plugins are Java bundles here");
    }

    @Test
    void refusesAZipBomb() {
        refused(Jars.empty().with("zeros.jar", new byte[(int) (3 * MEGABYTE)]).bytes())
                .hasMessage("'plugin.zip' unpacks to more than 2 MB, the most that a plugin may have");
        refused(Jars.plugin("1.0.0")
                        .with("zeros.bin", new byte[(int) (3 * MEGABYTE)])
                        .bytes())
                .hasMessageContaining("unpacks to more than 2 MB");
    }

    @Test
    void refusesAZipBombWithinAJarOfAZip() {
        byte[] jar = Jars.plugin("1.0.0")
                .with("zeros.bin", new byte[(int) (3 * MEGABYTE)])
                .bytes();

        refused(Jars.empty().with("sample.jar", jar).bytes())
                .hasMessage("'sample.jar' unpacks to more than 2 MB, the most that a plugin may have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/MANIFEST.MF", "META-INF/KEY.SF", "OSGI-INF/sample.xml"})
    void refusesWhatWouldBeReadIntoMemoryIfItIsLarge(String path) {
        Jars jar = Jars.plugin("1.0.0").with(path, new byte[(int) (9 * MEGABYTE)]);

        assertThatThrownBy(() -> read(jar.bytes(), 20 * MEGABYTE))
                .isInstanceOf(VarunaException.class)
                .hasMessage("'plugin.zip' has '" + path
                        + "' with more than 8 MB, the most that a manifest, signature or" + " description may have");
    }

    @Test
    void refusesTooManyEntries() {
        Jars jar = Jars.plugin("1.0.0");
        Map<String, byte[]> entries = new LinkedHashMap<>(jar.entries());
        for (int i = 0; i < 50_000; i++) {
            entries.put("file-" + i, new byte[0]);
        }

        refused(new Jars(entries).bytes()).hasMessage("'plugin.zip' has more than 50000 entries");
    }

    @Test
    void refusesADirectoryThatHidesWhatIsThere() {
        byte[] content = Jars.plugin("1.0.0").with("hidden.jar", "x").bytes();
        // the last of the places where the name stands is that in the directory at the end
        int place = new String(content, StandardCharsets.ISO_8859_1).lastIndexOf("hidden.jar");
        content[place] = 'H';

        refused(content).hasMessageContaining("the directory at its end names other entries than it has");
    }

    @Test
    void takesAJarWithALongName() throws IOException {
        Jars zip = Jars.empty()
                .with("x".repeat(1000) + ".jar", Jars.plugin("1.0.0").bytes());

        assertThat(read(zip.bytes()).bundles()).hasSize(1);
    }

    @Test
    void refusesClassesForANewerJava() {
        byte[] newer = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) (99 + 44)};

        refused(Jars.plugin("1.0.0").with("sample/Newer.class", newer).bytes())
                .hasMessage("Plugin 'sample' 1.0.0 needs Java 99; this is Java "
                        + Runtime.version().feature() + ". Its class 'sample/Newer.class' was compiled for it");
    }

    @Test
    void acceptsClassesForANewerJavaWhereOlderOnesDoNotLook() throws IOException {
        byte[] newer = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) (99 + 44)};

        assertThat(read(Jars.plugin("1.0.0")
                                .with("META-INF/versions/99/sample/Newer.class", newer)
                                .with("sample/cut.class", "x")
                                .bytes())
                        .bundles())
                .hasSize(1);
    }

    @Test
    void refusesAComponentDescriptionThatIsMissingOrBroken() {
        Jars jar = Jars.manifest("Bundle-SymbolicName: a", "Service-Component: OSGI-INF/a.xml");

        refused(jar.bytes()).hasMessageContaining("names the component description 'OSGI-INF/a.xml'");
        refused(jar.with("OSGI-INF/a.xml", "<component>").bytes()).hasMessageContaining("is not XML");
        refused(jar.with(
                                "OSGI-INF/a.xml",
                                "<!DOCTYPE c [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><component>&e;</component>")
                        .bytes())
                .hasMessageContaining("is not XML");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] content) {
        return assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED));
    }

    private PluginFile read(byte[] content) throws IOException {
        return read(content, 2 * MEGABYTE);
    }

    private PluginFile read(byte[] content, long mostBytes) throws IOException {
        Path file = Files.write(Files.createTempFile(directory, "plugin", ".zip"), content);
        return PluginFile.read("plugin.zip", file, Files.createTempDirectory(directory, "content"), mostBytes);
    }
}
