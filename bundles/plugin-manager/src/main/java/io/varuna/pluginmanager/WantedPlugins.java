package io.varuna.pluginmanager;

import io.varuna.api.manage.PropertyProfile;
import io.varuna.pluginmanager.WantedPlugin.Role;
import io.varuna.pluginmanager.WantedPlugin.WantedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that were installed through us, with their files, in a directory outside the bundle cache. The list is one
 * file, exchanged as a whole: after a crash it is the old or the new one. One change at a time; it can be
 * read by others meanwhile.
 */
final class WantedPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(WantedPlugins.class);

    private final Path directory;
    private volatile List<WantedPlugin> plugins;

    private WantedPlugins(Path directory, List<WantedPlugin> plugins) {
        this.directory = directory;
        this.plugins = List.copyOf(plugins);
    }

    /** Reads the list; there is none in a new directory. */
    static WantedPlugins open(Path directory) {
        Path list = directory.resolve("wanted.json");
        try {
            Files.createDirectories(directory);
            return new WantedPlugins(
                    directory, Files.exists(list) ? WantedPluginsJson.read(Files.readString(list)) : List.of());
        } catch (IOException e) {
            throw Rejection.of(
                    "The list of wanted plugins '" + list + "' cannot be read: " + e.getMessage()
                            + ". Put back a copy of it, or move it away",
                    e);
        }
    }

    /** Returns those that are to be in the framework. */
    List<WantedPlugin> installed() {
        return plugins.stream().filter(WantedPlugin::isInstalled).toList();
    }

    /** Returns the installed plugin that a bundle came with. */
    Optional<WantedPlugin> ofBundle(String symbolicName, String version) {
        return installed().stream()
                .filter(plugin -> plugin.has(symbolicName, version))
                .findFirst();
    }

    /** Returns who signed what a bundle came with; empty if that is nobody, or the bundle came otherwise. */
    String signer(Bundle bundle) {
        return ofBundle(bundle.getSymbolicName(), bundle.getVersion().toString())
                .map(WantedPlugin::signer)
                .orElse("");
    }

    /** Returns the version of a plugin that is in use. */
    Optional<WantedPlugin> active(String symbolicName) {
        return plugins.stream()
                .filter(plugin ->
                        plugin.role() == Role.ACTIVE && plugin.symbolicName().equals(symbolicName))
                .findFirst();
    }

    /** Returns the version of a plugin that was there before the last upgrade. */
    Optional<WantedPlugin> former(String symbolicName) {
        // one that is still installed was there after one that is only kept
        return plugins.stream()
                .filter(plugin ->
                        plugin.role() != Role.ACTIVE && plugin.symbolicName().equals(symbolicName))
                .min(Comparator.comparing(WantedPlugin::role));
    }

    /** Returns the profiles that the versions in use have brought. */
    List<PropertyProfile> profiles() {
        return plugins.stream()
                .filter(plugin -> plugin.role() == Role.ACTIVE)
                .flatMap(plugin -> plugin.profiles().stream())
                .toList();
    }

    /** Returns the same as it would be if a plugin had these. */
    List<PropertyProfile> profilesWith(String symbolicName, List<PropertyProfile> own) {
        Stream<PropertyProfile> others = plugins.stream()
                .filter(plugin ->
                        plugin.role() == Role.ACTIVE && !plugin.symbolicName().equals(symbolicName))
                .flatMap(plugin -> plugin.profiles().stream());
        return Stream.concat(others, own.stream()).toList();
    }

    /** Tells whether a version is there beside another one. */
    boolean hasOlder() {
        return plugins.stream().anyMatch(plugin -> plugin.role() == Role.BESIDE);
    }

    /** Returns where the file of a bundle is, or is to be. */
    Path file(WantedBundle bundle) {
        return directory.resolve(bundle.fileName());
    }

    /** Fails if the file of a bundle is not what was installed. */
    void checkContent(WantedBundle bundle) {
        if (!BundleFile.sha256(file(bundle)).equals(bundle.sha256())) {
            throw Rejection.of("the file '" + file(bundle) + "' is not what was installed. Install it again from"
                    + " where it came");
        }
    }

    /** Makes a directory for files on their way in. */
    Path incoming() {
        try {
            return Files.createTempDirectory(directory, "incoming-");
        } catch (IOException e) {
            throw Rejection.store(directory, e);
        }
    }

    /** Puts a file at its place. */
    void keep(Path incoming, WantedBundle bundle) {
        try {
            Files.copy(incoming, file(bundle), StandardCopyOption.REPLACE_EXISTING);
            WholeFile.force(file(bundle));
        } catch (IOException e) {
            throw Rejection.store(file(bundle), e);
        }
    }

    /**
     * Puts a plugin on the list.
     *
     * @param before the version whose place it takes, in the role that it has from now on; one of each plugin is kept
     */
    void put(WantedPlugin plugin, Optional<WantedPlugin> before) {
        List<WantedPlugin> changed = new ArrayList<>(plugins);
        changed.removeIf(known -> isSame(known, plugin));
        before.ifPresent(old -> {
            changed.removeIf(known -> isSame(known, old)
                    || (old.role() == Role.KEPT
                            && known.role() == Role.KEPT
                            && known.symbolicName().equals(old.symbolicName())));
            changed.add(old);
        });
        changed.add(plugin);
        write(changed);
    }

    private static boolean isSame(WantedPlugin one, WantedPlugin other) {
        return one.symbolicName().equals(other.symbolicName()) && one.version().equals(other.version());
    }

    /** Takes a plugin off the list, and what is kept of it. */
    void remove(WantedPlugin plugin) {
        List<WantedPlugin> changed = new ArrayList<>(plugins);
        changed.removeIf(known -> isSame(known, plugin)
                || (known.role() == Role.KEPT && known.symbolicName().equals(plugin.symbolicName())));
        write(changed);
    }

    private void write(List<WantedPlugin> changed) {
        Path list = directory.resolve("wanted.json");
        try {
            WholeFile.write(list, WantedPluginsJson.write(changed));
        } catch (IOException e) {
            throw Rejection.store(list, e);
        }
        plugins = List.copyOf(changed);
    }

    /** Deletes the jars that no plugin on the list has any more. */
    void tidy() {
        deleteAll(path -> path.getFileName().toString().endsWith(".jar") && !isWanted(path));
    }

    /** Deletes everything that is not wanted, such as what an interrupted installation left. For the start only. */
    void clean() {
        deleteAll(path -> !path.getFileName().toString().equals("wanted.json") && !isWanted(path));
    }

    private boolean isWanted(Path path) {
        return plugins.stream()
                .flatMap(plugin -> plugin.bundles().stream())
                .anyMatch(bundle -> path.equals(file(bundle)));
    }

    private void deleteAll(Predicate<Path> useless) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(useless).toList()) {
                delete(file);
            }
        } catch (IOException e) {
            LOG.warn("What is not needed any more in '{}' cannot be deleted: {}", directory, e.toString());
        }
    }

    /** Deletes a file, or a directory with all that is in it. */
    static void delete(Path path) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = new ArrayList<>(tree.toList());
            Collections.reverse(deepestFirst);
            for (Path part : deepestFirst) {
                Files.deleteIfExists(part);
            }
        }
    }
}
