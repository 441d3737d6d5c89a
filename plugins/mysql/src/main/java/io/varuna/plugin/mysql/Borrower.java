package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.plugin.PluginContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Borrows connections of a pool for one table, and says how the database gets on. */
final class Borrower {
    private final HikariDataSource pool;
    private final String table;
    private final PluginContext context;
    private boolean connected;

    Borrower(HikariDataSource pool, String table, PluginContext context) {
        this.pool = pool;
        this.table = table;
        this.context = context;
    }

    /** Gets a connection; where there is none, says why the database refuses and not just that the pool waited. */
    Connection connect() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            Throwable refusal = e.getCause();
            if (refusal == null) {
                throw e;
            }
            throw new SQLTransientConnectionException(
                    "The database gives no connection: " + refusal.getMessage(), e.getSQLState(), e);
        }
    }

    /** Notes that the database did what it was asked for. */
    void succeeded() {
        if (!connected) {
            connected = true;
            context.status(ConnectionStatus.CONNECTED, null);
        }
    }

    /** Notes a failure, and returns what to throw. */
    SQLException failed(SQLException failure) {
        if (SqlFailures.isTransient(failure)) {
            connected = false;
            context.status(ConnectionStatus.DISCONNECTED, failure.getMessage());
        }
        return SqlFailures.isMissing(failure) ? missing(failure) : failure;
    }

    private SQLException missing(SQLException cause) {
        return new SQLException(
                "Table '" + table + "' is not there. Create it; the rule goes on by itself then. " + cause.getMessage(),
                cause.getSQLState(),
                cause.getErrorCode(),
                cause);
    }
}
