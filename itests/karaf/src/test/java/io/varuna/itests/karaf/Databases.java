package io.varuna.itests.karaf;

import io.varuna.plugin.mysql.MariaDbServer;
import java.nio.file.Path;

/** The databases of the manual, each with the user whom the manual uses. */
final class Databases {
    private static final Path FILES = Path.of(System.getProperty("varuna.databases", ""));

    private Databases() {}

    static MariaDbServer start(String name) {
        return MariaDbServer.secured(FILES, name, "user", "test");
    }
}
