package io.varuna.pluginmanager;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_ENTRIES = 50_000;
    private static final int MOST_BUNDLES = 100;
    private static final int MOST_BYTES_OF_MANIFEST = 8 * 1024 * 1024;
    private static final int MOST_BYTES_OF_DEFAULTS = 256 * 1024;
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
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("META-INF/MANIFEST.MF") != null && !holdsJars(zip)) {
                scan(name, file, null, mostBytes);
                return new PluginFile(name, file, List.of(BundleFile.read(name, file)), List.of(), "");
            }
        } catch (ZipException e) {
            throw Rejection.of("'" + name + "' is damaged, perhaps cut off: " + e.getMessage(), e);
        } catch (IOException e) {
            throw Rejection.of("'" + name + "' cannot be read: " + e.getMessage(), e);
        }
        Content content = scan(name, file, directory, mostBytes);
        List<BundleFile> bundles = content.jars().stream()
                .map(path -> BundleFile.read(String.valueOf(path.getFileName()), path))
                .toList();
        if (bundles.isEmpty()) {
            throw Rejection.of("'" + name + "' has no jar. A plugin is a zip with at least one bundle, or a bundle");
        }
        return new PluginFile(name, file, bundles, content.defaults(), "");
    }

    PluginFile signedBy(String who) {
        return new PluginFile(name, archive, bundles, defaults, who);
    }

    /**
     * What is in a zip.
     *
     * @param jars where they were unpacked to
     * @param defaults of sources, as eKuiper has them
     */
    private record Content(List<Path> jars, List<SourceDefaults> defaults) {
        Content() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Tells a KAR, and a zip that was signed as a whole, from a bundle: it says nothing of itself, but has jars. */
    private static boolean holdsJars(ZipFile zip) throws IOException {
        if (zip.stream().noneMatch(entry -> isJar(entry.getName()))) {
            return false;
        }
        try (InputStream in = zip.getInputStream(zip.getEntry("META-INF/MANIFEST.MF"))) {
            byte[] manifest = in.readNBytes(MOST_BYTES_OF_MANIFEST);
            return !new Manifest(new ByteArrayInputStream(manifest))
                    .getMainAttributes()
                    .containsKey(new Attributes.Name("Bundle-SymbolicName"));
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

    /** Reads everything, which checks sizes and checksums, and unpacks the jars if there is a directory for them. */
    private static Content scan(String name, Path file, @Nullable Path directory, long mostBytes) {
        Content content = new Content();
        Set<String> seen = new HashSet<>();
        long left = mostBytes;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String path = entry.getName();
                checkPath(name, path);
                if (!seen.add(path)) {
                    throw Rejection.of("'" + name + "' has '" + path + "' twice");
                }
                if (seen.size() > MOST_ENTRIES) {
                    throw Rejection.of("'" + name + "' has more than " + MOST_ENTRIES + " entries");
                }
                if (directory == null) {
                    left = copy(name, in, OutputStream.nullOutputStream(), left, mostBytes);
                } else {
                    left = unpack(name, in, path, directory, content, left, mostBytes);
                }
            }
        } catch (ZipException e) {
            throw Rejection.of("'" + name + "' is damaged: " + e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw Rejection.of("'" + name + "' is damaged, perhaps cut off: " + e.getMessage(), e);
        }
        return content;
    }

    private static long unpack(
            String name, ZipInputStream in, String path, Path directory, Content content, long left, long mostBytes)
            throws IOException {
        String file = path.substring(path.lastIndexOf('/') + 1);
        refuseForeign(name, file);
        if (!isJar(file)) {
            if (isYaml(file)) {
                byte[] text = text(name, in, path);
                content.defaults().add(new SourceDefaults(path, new String(text, StandardCharsets.UTF_8)));
                return left - text.length;
            }
            return copy(name, in, OutputStream.nullOutputStream(), left, mostBytes);
        }
        List<Path> jars = content.jars();
        if (jars.size() == MOST_BUNDLES) {
            throw Rejection.of("'" + name + "' has more than " + MOST_BUNDLES + " jars");
        }
        // a name of our own: what the file says becomes no path
        Path target = directory
                .resolve(String.format(Locale.ROOT, "%03d", jars.size()))
                .resolve("bundle.jar");
        Files.createDirectories(target.getParent());
        Path named = target.resolveSibling(safeName(file));
        jars.add(named);
        try (OutputStream out = Files.newOutputStream(named)) {
            return copy(name, in, out, left, mostBytes);
        }
    }

    private static byte[] text(String name, InputStream in, String path) throws IOException {
        byte[] text = in.readNBytes(MOST_BYTES_OF_DEFAULTS + 1);
        if (text.length > MOST_BYTES_OF_DEFAULTS) {
            throw Rejection.of("'" + name + "' has '" + path + "' with more than " + MOST_BYTES_OF_DEFAULTS / 1024
                    + " KB, the most that the properties of a source may have");
        }
        return text;
    }

    private static String safeName(String file) {
        return file.replaceAll("[^A-Za-z0-9._-]", "_");
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

    private static void checkPath(String name, String path) {
        boolean leaves = path.startsWith("/")
                || path.contains("\\")
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/", -1)).contains("..");
        if (leaves || path.indexOf('\0') >= 0) {
            throw Rejection.of("'" + name + "' has an entry '" + path + "' that leads out of its place. Such a file is"
                    + " not installed");
        }
    }

    private static long copy(String name, InputStream in, OutputStream out, long left, long mostBytes)
            throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long remaining = left;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            remaining -= read;
            if (remaining < 0) {
                throw Rejection.of("'" + name + "' unpacks to more than " + mostBytes / (1024 * 1024)
                        + " MB, the most that a plugin may have");
            }
            out.write(buffer, 0, read);
        }
        return remaining;
    }
}
