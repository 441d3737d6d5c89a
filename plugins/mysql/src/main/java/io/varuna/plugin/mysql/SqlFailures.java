package io.varuna.plugin.mysql;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures that pass from those that stay. */
final class SqlFailures {
    /**
     * Error numbers of the server that say nothing about the statement: too many connections (1040, 1203), shutdown (1053,
     * 1077, 1079), lock wait (1205), deadlock (1213), read-only (1290, 1836), disk full (1021), query interrupted (1317).
     */
    private static final Set<Integer> PASSING =
            Set.of(1021, 1040, 1053, 1077, 1079, 1203, 1205, 1213, 1290, 1317, 1836);

    private static final int NO_SUCH_TABLE = 1146;
    private static final int UNKNOWN_DATABASE = 1049;

    private SqlFailures() {}

    static boolean isTransient(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (isTransient(sql) || isMissing(sql))) {
                return true;
            }
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the table or database is not there: someone may yet create it, so it is worth another try. */
    static boolean isMissing(SQLException failure) {
        return failure.getErrorCode() == NO_SUCH_TABLE || failure.getErrorCode() == UNKNOWN_DATABASE;
    }

    private static boolean isTransient(SQLException failure) {
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException
                || isConnectionState(failure.getSQLState())
                || PASSING.contains(failure.getErrorCode());
    }

    /** Class 08 is "connection exception", class 40 "transaction rollback". */
    private static boolean isConnectionState(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("40"));
    }
}
