package io.varuna.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one installation, absolute.
 *
 * @param home what was unpacked
 * @param data what the container writes and can make anew: bundle cache, log, temporary files
 * @param store streams, rules, wanted plugins and state
 */
record Installation(Path home, Path data, Path store) {
    static Installation at(Path home, Map<String, String> environment) {
        Path root = home.toAbsolutePath().normalize();
        return new Installation(
                root,
                directory(environment.get("VARUNA_DATA"), root.resolve("data")),
                directory(environment.get("VARUNA_STORE"), root.resolve("store")));
    }

    private static Path directory(@Nullable String wanted, Path otherwise) {
        return wanted == null || wanted.isBlank()
                ? otherwise
                : Path.of(wanted).toAbsolutePath().normalize();
    }

    Path etc() {
        return home.resolve("etc");
    }

    Path log() {
        return data.resolve("log");
    }

    /** Creates the directories that the container writes to; returns normally when it may. */
    void create() throws Refusal {
        for (Path directory : new Path[] {data, data.resolve("tmp"), log(), store}) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw unwritable(directory, "created (" + e + ")");
            }
            if (!Files.isWritable(directory)) {
                throw unwritable(directory, "written to");
            }
        }
    }

    private static Refusal unwritable(Path directory, String what) {
        return new Refusal("Directory '" + directory + "' cannot be " + what
                + ". Give the user that runs Varuna the right to write there, or choose other places with"
                + " VARUNA_DATA and VARUNA_STORE.");
    }

    /**
     * Takes the store for this process: the container's own lock is on the data directory, and two containers with a data
     * directory each would otherwise meet in one store. It is held as long as somebody holds what is returned.
     */
    FileLock lockStore() throws Refusal {
        Path file = store.resolve("lock");
        FileLock lock;
        try {
            lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .tryLock();
        } catch (IOException e) {
            throw new Refusal("File '" + file + "' cannot be locked (" + e
                    + "). Use the user that owns the store, or choose another one with VARUNA_STORE.");
        }
        if (lock == null) {
            throw new Refusal("The store '" + store + "' is in use by another Varuna. Stop that one, or give this one"
                    + " a VARUNA_STORE of its own.");
        }
        return lock;
    }

    /** Returns the system properties by which the container and its bundles find their places. */
    Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("karaf.home", home.toString());
        properties.put("karaf.base", home.toString());
        properties.put("karaf.etc", etc().toString());
        properties.put("karaf.data", data.toString());
        properties.put("karaf.log", log().toString());
        properties.put("karaf.instances", data.resolve("instances").toString());
        properties.put(
                "java.util.logging.config.file",
                etc().resolve("java.util.logging.properties").toString());
        properties.put("varuna.store", store.toString());
        return properties;
    }
}
