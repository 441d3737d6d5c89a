package io.varuna.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Creates the directories that the container writes to. */
    void create() throws Refusal {
        for (Path directory : new Path[] {data.resolve("tmp"), log(), store}) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new Refusal("Directory '" + directory + "' cannot be created (" + e
                        + "). Give the user that runs Varuna the right to write there, or choose other places with"
                        + " VARUNA_DATA and VARUNA_STORE.");
            }
        }
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
