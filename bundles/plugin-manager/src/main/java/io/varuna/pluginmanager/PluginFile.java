package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A file from which a plugin is to be installed: a bundle, a KAR, or a zip of bundles in eKuiper's form. What it is is seen
 * from its content, not from its name.
 *
 * @param name of the file, for messages
 * @param archive the file itself
 * @param bundles what is to be installed, those that others need first where that is known
 * @param defaults properties of sources that lie beside the bundles
 * @param signer who signed it; empty if that is nobody, or not known yet
 */
record PluginFile(String name, Path archive, List<BundleFile> bundles, List<SourceDefaults> defaults, String signer) {
    private static final int MOST_BUNDLES = 100;
    private static final int MOST_BYTES_OF_DEFAULTS = 256 * 1024;
    private static final int MOST_OF_NAME = 100;
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    PluginFile {
        bundles = List.copyOf(bundles);
        defaults = List.copyOf(defaults);
    }

    /**
     * Reads a file completely, and checks it without running anything.
     *
     * @param name of the file, for messages
     * @param directory where bundles inside of it are unpacked to
     * @param mostBytes that it may have when unpacked
     */
    static PluginFile read(String name, Path file, Path directory, long mostBytes) {
        checkBeginning(name, file);
        new ArchiveScan(mostBytes).scan(name, file, (path, content) -> {});
        if (isBundle(name, file)) {
            return new PluginFile(name, file, List.of(BundleFile.read(name, file)), List.of(), "");
        }
        ArchiveScan scan = new ArchiveScan(mostBytes);
        Content content = new Content(directory);
        scan.scan(name, file, (path, in) -> content.take(name, path, in));
        List<BundleFile> bundles = new ArrayList<>();
        for (Path jar : content.jars()) {
            String jarName = String.valueOf(jar.getFileName());
            checkBeginning(jarName, jar);
            scan.scan(jarName, jar, (path, in) -> {});
            bundles.add(BundleFile.read(jarName, jar));
        }
        if (bundles.isEmpty()) {
            throw Rejection.of("'" + name + "' has no jar. A plugin is a zip with at least one bundle, or a bundle");
        }
        return new PluginFile(name, file, bundles, content.defaults(), "");
    }

    PluginFile signedBy(String who) {
        return new PluginFile(name, archive, bundles, defaults, who);
    }

    /** Tells a bundle from a KAR, and from a zip that was signed as a whole: those say nothing of themselves, but have jars. */
    private static boolean isBundle(String name, Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry manifest = zip.getEntry("META-INF/MANIFEST.MF");
            return manifest != null
                    && (zip.stream().noneMatch(entry -> isJar(entry.getName())) || namesBundle(zip, manifest));
        } catch (IOException e) {
            throw Rejection.of("'" + name + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean namesBundle(ZipFile zip, ZipEntry manifest) throws IOException {
        try (InputStream in = zip.getInputStream(manifest)) {
            return new Manifest(in).getMainAttributes().containsKey(new Attributes.Name("Bundle-SymbolicName"));
        }
    }

    /**
     * What is taken out of a zip.
     *
     * @param directory where jars are unpacked to
     * @param jars where they are
     * @param defaults of sources, as eKuiper has them
     */
    private record Content(Path directory, List<Path> jars, List<SourceDefaults> defaults) {
        Content(Path directory) {
            this(directory, new ArrayList<>(), new ArrayList<>());
        }

        void take(String name, String path, InputStream in) throws IOException {
            String file = path.substring(path.lastIndexOf('/') + 1);
            refuseForeign(name, file);
            if (isJar(file)) {
                unpack(name, file, in);
            } else if (isYaml(file)) {
                defaults.add(new SourceDefaults(path, text(name, path, in)));
            }
        }

        private void unpack(String name, String file, InputStream in) throws IOException {
            if (jars.size() == MOST_BUNDLES) {
                throw Rejection.of("'" + name + "' has more than " + MOST_BUNDLES + " jars");
            }
            // several may have one name
            Path target = Files.createDirectories(directory.resolve(String.valueOf(jars.size())))
                    .resolve(safeName(file));
            Files.copy(in, target);
            jars.add(target);
        }

        private static String text(String name, String path, InputStream in) throws IOException {
            byte[] text = in.readNBytes(MOST_BYTES_OF_DEFAULTS + 1);
            if (text.length > MOST_BYTES_OF_DEFAULTS) {
                throw Rejection.of("'" + name + "' has '" + path + "' with more than " + MOST_BYTES_OF_DEFAULTS / 1024
                        + " KB, the most that the properties of a source may have");
            }
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    private static boolean isJar(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    private static boolean isYaml(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    private static void checkBeginning(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(ZIP.length);
            if (!Arrays.equals(beginning, ZIP)) {
                throw Rejection.of("'" + name + "' is neither a zip nor a jar: it begins with "
                        + (beginning.length == 0 ? "nothing, it is empty" : "'" + printable(beginning) + "'"));
            }
        } catch (IOException e) {
            throw Rejection.of("'" + name + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static String printable(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }

    /** What a file says of itself becomes no path, and its end says what it is. */
    private static String safeName(String file) {
        String safe = file.replaceAll("[^A-Za-z0-9._-]", "_");
        return safe.substring(Math.max(0, safe.length() - MOST_OF_NAME));
    }

    private static void refuseForeign(String name, String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".sh") || lower.endsWith(".bat") || lower.endsWith(".cmd") || lower.endsWith(".ps1")) {
            throw Rejection.of("'" + name + "' has the script '" + file + "'. Scripts are never run here, and a plugin"
                    + " that needs one would not be complete. Put what it needs into the bundle");
        }
        if (lower.endsWith(".so")) {
            throw Rejection.of("'" + name + "' has '" + file + "', a native plugin of eKuiper. Plugins are Java bundles"
                    + " here: the zip must have a jar");
        }
    }
}
