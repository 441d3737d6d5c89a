package io.varuna.plugin.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.testkit.FallibleConnectionContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

@UsesMariaDb
class MySqlConnectionTest extends FallibleConnectionContract<HikariDataSource> {
    private final MariaDbServer server = TestDatabase.SERVER;

    MySqlConnectionTest() {
        // makes the database, and lets the driver start what it starts once
        server.execute("DO 1");
    }

    @Override
    protected ConnectionFactory<?, HikariDataSource> factory() {
        return new MySqlConnection();
    }

    @Override
    protected Map<String, Object> properties() {
        return TestDatabase.properties();
    }

    @Override
    protected void use(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 40 + 2")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(42);
        }
    }

    @Override
    protected void interrupt() {
        server.stop();
    }

    @Override
    protected void restore() {
        server.start();
    }

    @Override
    protected boolean mayOutlive(Thread thread) {
        return TestDatabase.mayOutlive(thread);
    }
}
