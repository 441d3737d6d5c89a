package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class CatalogsTest {
    private static final Map<String, Version> API = Map.of(
            "io.varuna.api.sink", new Version("1.0.0"),
            "io.varuna.api.plugin", new Version("1.0.0"),
            "io.varuna.api.function", new Version("1.0.0"));
    private static final String NEWER =
            "io.varuna.api.sink;version=\"[2.4,3)\",io.varuna.api.plugin,io.varuna.api.function";

    private final Path directory;
    private final Path shelf;

    CatalogsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.shelf = Files.createDirectories(directory.resolve("shelf"));
    }

    private void put(String file, Jars content) throws IOException {
        content.write(shelf.resolve(file));
        CatalogWriter.main(new String[] {shelf.toString()});
    }

    private Catalogs catalogs(SignaturePolicy policy, String... addresses) {
        Catalogs catalogs = new Catalogs(
                Trusts.of(directory.resolve("trusted"), policy), TestFramework.installation(directory), API);
        catalogs.use(List.of(addresses));
        return catalogs;
    }

    private PluginFile fetch(Catalogs catalogs, PluginRequest request) throws IOException {
        return fetch(catalogs, request, SignaturePolicy.ENFORCE);
    }

    private PluginFile fetch(Catalogs catalogs, PluginRequest request, SignaturePolicy policy) throws IOException {
        PluginSources sources = new PluginSources(
                TestFramework.installation(directory).download(),
                catalogs,
                Trusts.of(directory.resolve("trusted"), policy));
        return sources.fetch(sources.resolve(request), Files.createTempDirectory(directory, "incoming"));
    }

    private static PluginRequest request(String address) {
        return new PluginRequest(PluginKind.SINK, "sample", address, List.of());
    }

    @Test
    void describesWhatLiesInADirectory() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        put("sample-2.0.0.jar", Jars.plugin("2.0.0", NEWER));

        List<AvailablePlugin> available =
                catalogs(SignaturePolicy.WARN, "shelf").list();

        assertThat(available).extracting(AvailablePlugin::version).containsExactly("2.0.0", "1.0.0");
        assertThat(available.get(0).obstacle())
                .isEqualTo("needs engine API 2.4 or later (package 'io.varuna.api.sink'); this is 1.0");
        AvailablePlugin fitting = available.get(1);
        assertThat(fitting.fits()).isTrue();
        assertThat(fitting.name()).isEqualTo("sample");
        assertThat(fitting.offers())
                .isEqualTo(Map.of(PluginKind.SINK, List.of("sample"), PluginKind.FUNCTION, List.of("sample")));
        assertThat(fitting.functions()).containsExactly("doubled", "twice");
        assertThat(fitting.bytes()).isEqualTo(Files.size(shelf.resolve("sample-1.0.0.jar")));
        assertThat(fitting.sha256()).isEqualTo(BundleFile.sha256(shelf.resolve("sample-1.0.0.jar")));
        assertThat(fitting.address()).isEqualTo("catalog:sample/1.0.0");
    }

    @Test
    void findsWhatOffersSomething() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        put("sample-1.1.0.jar", Jars.plugin("1.1.0"));
        put("sample-2.0.0.jar", Jars.plugin("2.0.0", NEWER));
        Catalogs catalogs = catalogs(SignaturePolicy.WARN, "shelf");

        assertThat(catalogs.offering(PluginKind.SINK, "sample"))
                .map(AvailablePlugin::version)
                .contains("1.1.0");
        assertThat(catalogs.offering(PluginKind.FUNCTION, "TWICE"))
                .map(AvailablePlugin::name)
                .contains("sample");
        assertThat(catalogs.offering(PluginKind.SOURCE, "sample")).isEmpty();
    }

    @Test
    void saysWhichVersionsFitWhereOneDoesNot() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        put("sample-2.0.0.jar", Jars.plugin("2.0.0", NEWER));
        Catalogs catalogs = catalogs(SignaturePolicy.OFF, "shelf");

        assertThatThrownBy(() -> fetch(catalogs, request("catalog:sample/2.0.0")))
                .hasMessage(
                        "Plugin 'sample' 2.0.0 needs engine API 2.4 or later (package 'io.varuna.api.sink'); this is"
                                + " 1.0. Versions that fit: 1.0.0");
        String file = shelf.resolve("sample-2.0.0.jar").toUri().toString();
        assertThatThrownBy(() -> fetch(catalogs, request(file))).hasMessageEndingWith(". Versions that fit: 1.0.0");
    }

    @Test
    void aSignedListVouchesForFilesThatAreNot() throws IOException, GeneralSecurityException {
        Signer known = Signer.create(directory, "known");
        known.isTrustedIn(directory.resolve("trusted"));
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        known.sign(Jars.read(shelf.resolve("index.jar"))).write(shelf.resolve("index.jar"));
        Catalogs catalogs = catalogs(SignaturePolicy.ENFORCE, shelf.toUri().toString());

        assertThat(catalogs.list()).singleElement().satisfies(plugin -> assertThat(plugin.signer())
                .isEqualTo("CN=known"));
        assertThat(fetch(catalogs, request("")).bundles()).hasSize(1);
        Jars.plugin("1.0.0").with("evil", "x").write(shelf.resolve("sample-1.0.0.jar"));
        assertThatThrownBy(() -> fetch(catalogs, request("catalog:sample")))
                .hasMessageContaining("is not the file that the catalogue")
                .hasMessageEndingWith("It is not installed");
    }

    @Test
    void aListThatNobodyTrustedHasSignedIsLeftOutWhereSignaturesAreEnforced() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));

        assertThat(catalogs(SignaturePolicy.ENFORCE, "shelf").list()).isEmpty();
        assertThat(catalogs(SignaturePolicy.WARN, "shelf").list()).hasSize(1);
        assertThatThrownBy(() -> fetch(catalogs(SignaturePolicy.WARN, "shelf"), request("")))
                .hasMessageStartingWith("Plugin 'sample' 1.0.0 is not signed.");
    }

    @Test
    void theListOfTheDistributionNeedsNoSignature() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        Files.move(shelf, directory.resolve("catalog"));

        Catalogs catalogs = catalogs(SignaturePolicy.ENFORCE);

        assertThat(catalogs.list()).singleElement().satisfies(plugin -> assertThat(plugin.signer())
                .isEqualTo("the distribution"));
        assertThat(fetch(catalogs, request("")).bundles()).hasSize(1);
    }

    @Test
    void aKarHasEverythingInIt() throws IOException {
        Path repository = directory.resolve("system");
        String driver = "org/driver/driver/7.1.0/driver-7.1.0.jar";
        Files.createDirectories(repository.resolve(driver).getParent());
        Jars.manifest("Bundle-SymbolicName: driver", "Bundle-Version: 7.1.0").write(repository.resolve(driver));
        String plugin = "org/sample/sample/1.0.0/sample-1.0.0.jar";
        Files.createDirectories(repository.resolve(plugin).getParent());
        Jars.plugin("1.0.0").write(repository.resolve(plugin));
        Path features = Files.writeString(
                repository.resolve("features.xml"),
                """
                <features xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="driver"><bundle>mvn:org.driver/driver/7.1.0</bundle></feature>
                  <feature name="sample">
                    <feature>driver</feature>
                    <bundle dependency="true">mvn:org.driver/driver/7.1.0</bundle>
                    <bundle>mvn:org.sample/sample/1.0.0</bundle>
                  </feature>
                </features>""");

        CatalogWriter.main(new String[] {
            features.toString(),
            repository.toString(),
            directory.resolve("catalog/index.jar").toString(),
            directory.resolve("all.kar").toString()
        });

        assertThat(fetch(catalogs(SignaturePolicy.ENFORCE), request("")).bundles())
                .extracting(BundleFile::symbolicName)
                .containsExactly(Jars.SYMBOLIC_NAME, "driver");
        assertThat(names(directory.resolve("all.kar")))
                .contains("repository/" + plugin, "repository/" + driver)
                .noneMatch(name -> name.endsWith(".xml"));
        WantedPlugins.delete(repository);
        WantedPlugins.delete(directory.resolve("catalog"));
        PluginSources sources = new PluginSources(
                TestFramework.installation(directory).download(),
                catalogs(SignaturePolicy.WARN, "all.kar"),
                Trusts.of(directory, SignaturePolicy.WARN));
        assertThat(sources.fetch(request("catalog:sample"), Files.createTempDirectory(directory, "incoming"))
                        .bundles())
                .hasSize(2);
    }

    private static List<String> names(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void aListOfAnotherMachineIsKeptForWhenThatIsAway() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] file = Files.readAllBytes(
                    shelf.resolve(exchange.getRequestURI().getPath().substring("/plugins/".length())));
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.start();
        Catalogs catalogs = catalogs(
                SignaturePolicy.WARN, "http://localhost:" + server.getAddress().getPort() + "/plugins");

        assertThat(catalogs.offering(PluginKind.SINK, "sample")).isEmpty();
        assertThat(catalogs.list()).hasSize(1);
        assertThat(new PluginSources(
                                TestFramework.installation(directory).download(),
                                catalogs,
                                Trusts.of(directory, SignaturePolicy.WARN))
                        .fetch(request("catalog:sample"), Files.createTempDirectory(directory, "incoming"))
                        .bundles())
                .hasSize(1);
        server.stop(0);
        assertThat(catalogs.offering(PluginKind.SINK, "sample")).isPresent();
        assertThat(catalogs.list()).hasSize(1);
    }

    @Test
    void aBrokenListHarmsNoOther() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        Path broken = Files.createDirectories(directory.resolve("broken"));
        byte[] whole = Files.readAllBytes(shelf.resolve("index.jar"));
        Files.write(broken.resolve("index.jar"), Arrays.copyOf(whole, whole.length / 2));
        Path large = Files.createDirectories(directory.resolve("large"));
        Jars.read(shelf.resolve("index.jar"))
                .with("META-INF/MANIFEST.MF", new byte[9 * 1024 * 1024])
                .write(large.resolve("index.jar"));
        Path old = Files.createDirectories(directory.resolve("old"));
        Jars.empty().with("index.json", "{\"format\": 99, \"plugins\": []}").write(old.resolve("index.jar"));

        assertThat(catalogs(SignaturePolicy.WARN, "broken", "large", "old", "nowhere", "shelf")
                        .list())
                .hasSize(1);
    }

    @Test
    void namesOfFilesMayHaveWhatAddressesMayNot() throws IOException {
        Path stick = Files.createDirectories(directory.resolve("my stick [1]"));
        Jars.plugin("1.0.0").write(stick.resolve("sample 1.0.0 (Größe).jar"));
        CatalogWriter.main(new String[] {stick.toString()});

        assertThat(fetch(catalogs(SignaturePolicy.OFF, "my stick [1]"), request(""), SignaturePolicy.OFF)
                        .bundles())
                .hasSize(1);
    }

    @Test
    void isKnownWhileAnotherMachineKeepsUsWaiting() throws Exception {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.countDown();
            awaitQuietly(end);
            exchange.close();
        });
        server.start();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Catalogs catalogs = catalogs(
                    SignaturePolicy.WARN,
                    "shelf",
                    "http://localhost:" + server.getAddress().getPort());
            Future<?> list = thread.submit(catalogs::list);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(catalogs.offering(PluginKind.SINK, "sample")).isPresent();

            assertThat(list.isDone()).isFalse();
        } finally {
            end.countDown();
            thread.shutdown();
            server.stop(0);
        }
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListCannotLeadOutOfItsPlace() throws IOException {
        put("sample-1.0.0.jar", Jars.plugin("1.0.0"));
        Jars index = Jars.read(shelf.resolve("index.jar"));
        index.with("index.json", index.text("index.json").replace("\"sample-1.0.0.jar\"", "\"../secret.jar\""))
                .write(shelf.resolve("index.jar"));

        assertThatThrownBy(() -> fetch(catalogs(SignaturePolicy.WARN, "shelf"), request("")))
                .hasMessageContaining("has a file '../secret.jar', which leads out of its place");
    }

    @Test
    void takesMavenCoordinates() throws IOException {
        Path place = Files.createDirectories(directory.resolve("system/org/sample/sample/1.0.0"));
        Jars.plugin("1.0.0").write(place.resolve("sample-1.0.0.jar"));
        MavenFiles maven = TestFramework.installation(directory).maven("");

        maven.fetch("mvn:org.sample/sample/1.0.0", directory.resolve("fetched"));

        assertThat(directory.resolve("fetched")).hasSameBinaryContentAs(place.resolve("sample-1.0.0.jar"));
        assertThat(MavenFiles.path("mvn:a.b/c/1/zip/dist")).isEqualTo("a/b/c/1/c-1-dist.zip");
        assertThatThrownBy(() -> maven.fetch("mvn:org.sample/sample/9.9.9", directory.resolve("none")))
                .hasMessageStartingWith("There is no 'mvn:org.sample/sample/9.9.9' in ");
        for (String wrong :
                List.of("mvn:a/b", "mvn:http://evil@id=x!a/b/1", "mvn:a/../../b", "mvn:a/b/../c", "mvn:a/b/1..")) {
            assertThatThrownBy(() -> maven.fetch(wrong, directory.resolve("none")))
                    .hasMessageStartingWith("'" + wrong + "' is not a Maven coordinate");
        }
    }
}
