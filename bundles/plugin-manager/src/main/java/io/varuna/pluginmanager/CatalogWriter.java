package io.varuna.pluginmanager;

import io.varuna.pluginmanager.CatalogEntry.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes catalogues of plugins. The jar that it writes can be signed with jarsigner, as any jar. */
public final class CatalogWriter {
    private static final String USAGE =
            """
            CatalogWriter DIRECTORY
                writes index.jar into a directory, with all jars, zips and KARs of plugins that lie in it
            CatalogWriter FEATURES REPOSITORY INDEX KAR
                writes the plugins in a features repository, whose bundles lie in a Maven repository, as a list with Maven
                coordinates, and as a KAR that has everything in it""";
    private static final List<String> ENDINGS = List.of(".jar", ".zip", ".kar");
    /** The same in every build. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private CatalogWriter() {}

    /** Writes a catalogue; says how it is called when it is called in another way. */
    public static void main(String[] arguments) throws IOException {
        switch (arguments.length) {
            case 1 -> writeDirectory(Path.of(arguments[0]));
            case 4 -> writeFeatures(
                    Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    static void writeDirectory(Path directory) throws IOException {
        List<CatalogEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(CatalogWriter::canBePlugin).sorted().toList()) {
                entries.add(fromFile(file));
            }
        }
        write(directory.resolve("index.jar"), entries, Map.of());
    }

    private static boolean canBePlugin(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && !name.equals("index.jar");
    }

    private static CatalogEntry fromFile(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path content = Files.createTempDirectory("catalog");
        try {
            PluginFile plugin = PluginFile.read(name, file, content, Installation.MOST_BYTES_UNPACKED);
            return entry(plugin.bundles(), List.of(part(name, file)));
        } finally {
            WantedPlugins.delete(content);
        }
    }

    static void writeFeatures(Path features, Path repository, Path index, Path kar) throws IOException {
        List<CatalogEntry> byCoordinate = new ArrayList<>();
        List<CatalogEntry> byPath = new ArrayList<>();
        Map<String, Path> files = new LinkedHashMap<>();
        for (FeatureBundles feature : FeatureBundles.read(features)) {
            List<BundleFile> bundles = new ArrayList<>();
            for (String coordinate : feature.coordinates()) {
                bundles.add(BundleFile.read(coordinate, repository.resolve(MavenFiles.path(coordinate))));
            }
            if (bundles.stream().allMatch(bundle -> bundle.offers().isEmpty())) {
                continue;
            }
            // the plugin itself comes first in a catalogue
            bundles.sort((left, right) ->
                    Boolean.compare(left.offers().isEmpty(), right.offers().isEmpty()));
            List<Part> coordinates = new ArrayList<>();
            List<Part> paths = new ArrayList<>();
            for (BundleFile bundle : bundles) {
                String path = "repository/" + MavenFiles.path(bundle.name());
                coordinates.add(part(bundle.name(), bundle.path()));
                paths.add(part(path, bundle.path()));
                files.put(path, bundle.path());
            }
            byCoordinate.add(entry(bundles, coordinates));
            byPath.add(entry(bundles, paths));
        }
        // without the features: the container would take those of the distribution away first, which have the same name
        write(index, byCoordinate, Map.of());
        write(kar, byPath, files);
    }

    private static Part part(String name, Path file) throws IOException {
        return new Part(name, Files.size(file), BundleFile.sha256(file));
    }

    private static CatalogEntry entry(List<BundleFile> bundles, List<Part> parts) throws IOException {
        BundleFile plugin = bundles.stream()
                .filter(bundle -> !bundle.offers().isEmpty())
                .findFirst()
                .orElseThrow(() -> Rejection.of("'" + bundles.get(0).name() + "' offers nothing to the engine"));
        List<Path> libraries = bundles.stream()
                .map(BundleFile::path)
                .filter(path -> !path.equals(plugin.path()))
                .toList();
        int java = 0;
        for (BundleFile bundle : bundles) {
            try (JarFile jar = new JarFile(bundle.path().toFile())) {
                java = Math.max(java, ClassVersions.needed(jar));
            }
        }
        return new CatalogEntry(
                ServiceKinds.pluginName(plugin.symbolicName()),
                plugin.version(),
                plugin.description(),
                plugin.offers().stream().distinct().toList(),
                FunctionNames.of(plugin, libraries),
                plugin.api(),
                java,
                parts);
    }

    private static void write(Path target, List<CatalogEntry> entries, Map<String, Path> files) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n");
            put(zip, CatalogIndex.FILE, CatalogIndex.text(entries));
            for (Map.Entry<String, Path> file : files.entrySet()) {
                zip.putNextEntry(entry(file.getKey()));
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
