package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.PluginType;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The same as {@link MySqlConnection} under the names that eKuiper gives to type and properties. */
@Component
@PluginType("sql")
public final class SqlConnection implements ConnectionFactory<SqlConnection.Config, HikariDataSource> {
    /** Properties of the pool. */
    @ObjectClassDefinition(name = "SQL connection")
    public @interface Config {
        @AttributeDefinition(
                description = "mysql://user:password@host/database; the other forms of 'mysql' are taken, too")
        String dburl() default "";

        @AttributeDefinition(description = "The former name of 'dburl'")
        String url() default "";

        @AttributeDefinition(description = "Most connections that are open at a time")
        int maximumPoolSize() default 4;

        @AttributeDefinition(description = "Milliseconds to wait for a connection")
        long connectionTimeout() default 10_000;
    }

    private final MySqlConnection mysql = new MySqlConnection();

    @Override
    public HikariDataSource open(Config config) {
        HikariConfig pool = MySqlConnection.pool(MySqlAddress.parse(address(config)), "", "");
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(config.maximumPoolSize());
        pool.setConnectionTimeout(config.connectionTimeout());
        return new HikariDataSource(pool);
    }

    /** Ends the driver's own thread, which is there for this one as well. */
    @Deactivate
    void endDriver() {
        mysql.endDriver();
    }

    private static String address(Config config) {
        String address = config.dburl().isEmpty() ? config.url() : config.dburl();
        int scheme = address.indexOf("://");
        String system = scheme < 0 ? "mysql" : address.substring(0, scheme);
        if (address.isEmpty() || !(system.startsWith("jdbc:") || system.equals("mysql"))) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "Property 'dburl' of 'sql' " + (address.isEmpty() ? "is missing" : "names '" + system + "'")
                            + "; MySQL and MariaDB are there: mysql://user:password@host/database");
        }
        return address;
    }

    @Override
    public void check(HikariDataSource pool) throws SQLException {
        mysql.check(pool);
    }

    @Override
    public boolean isTransient(Exception failure) {
        return mysql.isTransient(failure);
    }
}
