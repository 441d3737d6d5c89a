package io.varuna.plugin.mysql;

import com.mysql.cj.jdbc.AbandonedConnectionCleanupThread;
import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A pool of connections to one database, shared by all sinks and tables that name it in the same way. */
@Component
@PluginType("mysql")
public final class MySqlConnection implements ConnectionFactory<MySqlConnection.Config, HikariDataSource> {
    /** Properties of the pool. */
    @ObjectClassDefinition(name = "MySQL connection")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "JDBC URL, or user:password@tcp(host:port)/database, or mysql://user:password@host/database")
        String url();

        @AttributeDefinition(description = "User, where the URL does not name one")
        String user() default "";

        @AttributeDefinition(description = "Password, where the URL does not hold one")
        String password() default "";

        @AttributeDefinition(description = "Most connections that are open at a time")
        int maximumPoolSize() default 4;

        @AttributeDefinition(description = "Connections that are kept open when there is nothing to do")
        int minimumIdle() default 0;

        @AttributeDefinition(description = "Milliseconds to wait for a connection before a write is tried again")
        long connectionTimeout() default 10_000;

        @AttributeDefinition(description = "Milliseconds after which an unused connection is closed")
        long idleTimeout() default 60_000;

        @AttributeDefinition(description = "Milliseconds after which a connection is replaced")
        long maxLifetime() default 1_800_000;
    }

    @Override
    public HikariDataSource open(Config config) {
        MySqlAddress address = MySqlAddress.parse(config.url());
        HikariConfig pool = pool(address, config.user(), config.password());
        pool.setMaximumPoolSize(config.maximumPoolSize());
        pool.setMinimumIdle(config.minimumIdle());
        pool.setConnectionTimeout(config.connectionTimeout());
        pool.setIdleTimeout(config.idleTimeout());
        pool.setMaxLifetime(config.maxLifetime());
        return new HikariDataSource(pool);
    }

    /** Describes a pool; user and password are for addresses without them. */
    static HikariConfig pool(MySqlAddress address, String user, String password) {
        MysqlDataSource driver = new MysqlDataSource();
        driver.setUrl(address.jdbcUrl());
        driver.setUser(address.user() == null ? user : address.user());
        driver.setPassword(address.password() == null ? password : address.password());
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("mysql");
        // by data source, not by JDBC URL: DriverManager does not see drivers of other bundles
        pool.setDataSource(driver);
        pool.setAutoCommit(false);
        // the pool is there at once; a database that is away shows itself when a connection is asked for
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Override
    public void check(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (!connection.isValid(5)) {
                throw new SQLTransientConnectionException("The database did not answer within 5 s");
            }
        }
    }

    /** Ends the driver's own thread, which would keep its classes for ever. */
    @Deactivate
    void endDriver() {
        // unchecked: the thread of whoever takes the plugin away has another context class loader than the driver
        // expects
        AbandonedConnectionCleanupThread.uncheckedShutdown();
    }

    @Override
    public boolean isTransient(Exception failure) {
        return SqlFailures.isTransient(failure);
    }
}
