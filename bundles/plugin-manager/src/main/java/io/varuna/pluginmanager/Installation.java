package io.varuna.pluginmanager;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;

/**
 * Where the container keeps what, and how much a plugin may be.
 *
 * @param home the directory of the distribution
 * @param base the directory of this container, mostly the same
 * @param etc the directory of the configuration
 * @param store the directory of what is worth a backup
 * @param data the directory of what is made anew when it is gone
 * @param privateAllowed whether plugins may be fetched from private networks
 */
record Installation(Path home, Path base, Path etc, Path store, Path data, boolean privateAllowed) {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long MOST_BYTES = 200 * MEGABYTE;
    static final long MOST_BYTES_UNPACKED = 600 * MEGABYTE;

    static Installation of(BundleContext context) {
        Path base = path(context, "karaf.base", Path.of(""));
        return new Installation(
                path(context, "karaf.home", base),
                base,
                path(context, "karaf.etc", base.resolve("etc")),
                path(context, "varuna.store", base.resolve("store")),
                path(context, "karaf.data", base.resolve("data")),
                Boolean.parseBoolean(context.getProperty("varuna.plugins.allow.private")));
    }

    private static Path path(BundleContext context, String property, Path otherwise) {
        String value = context.getProperty(property);
        return (value == null || value.isBlank() ? otherwise : Path.of(value)).toAbsolutePath();
    }

    Download download() {
        return download(MOST_BYTES);
    }

    Download download(long mostBytes) {
        return new Download(new AddressPolicy(privateAllowed), Duration.ofSeconds(60), mostBytes);
    }

    /** Returns what finds files by Maven coordinates; {@code repository} is one more directory, or empty. */
    MavenFiles maven(String repository) {
        List<Path> directories = new ArrayList<>();
        if (!repository.isBlank()) {
            directories.add(home.resolve(repository));
        }
        directories.add(home.resolve("system"));
        return new MavenFiles(directories, MOST_BYTES);
    }
}
