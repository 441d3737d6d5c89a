package io.varuna.plugin.mysql;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server of the tests as plugins see it. */
final class TestDatabase {
    static final MariaDbServer SERVER = MariaDbServer.shared();

    private TestDatabase() {}

    /** Returns properties of a connection that gives up soon. */
    static Map<String, Object> properties() {
        return new HashMap<>(Map.of("url", SERVER.url(), "connectionTimeout", 1_000));
    }

    /** Tells whether a thread is the driver's own, one for the whole process, or reads what the server prints. */
    static boolean mayOutlive(Thread thread) {
        return thread.getName().startsWith("mysql-cj-abandoned")
                || thread.getName().startsWith("Exec ");
    }

    /** Makes an empty table in the place of one that is there. */
    static void createTable(String name, Schema schema, String idType) {
        SERVER.execute("DROP TABLE IF EXISTS " + name);
        SERVER.execute(schema.columns().stream()
                .map(column -> Identifiers.quoted(column.name()) + " "
                        + (column.name().equals("id") ? idType : sqlType(column.type())))
                .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ") CHARACTER SET utf8mb4")));
    }

    private static String sqlType(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case BIGINT -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case VARCHAR, ANY -> "TEXT";
            case VARBINARY -> "BLOB";
            case TIMESTAMP -> "DATETIME(6)";
            case ARRAY, STRUCT -> "JSON";
        };
    }
}
