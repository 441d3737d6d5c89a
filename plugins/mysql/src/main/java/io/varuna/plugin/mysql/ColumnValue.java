package io.varuna.plugin.mysql;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.data.Conversions;
import io.varuna.plugin.mysql.TableColumns.TableColumn;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands values to a statement in the form that suits the column. */
final class ColumnValue {
    private ColumnValue() {}

    static void set(PreparedStatement statement, int index, TableColumn column, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, column.type());
        } else if (isTime(column.type()) && value instanceof Long millis) {
            // times travel as milliseconds since the epoch where the stream does not declare them
            setTime(statement, index, Instant.ofEpochMilli(millis));
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Double number) {
            setDouble(statement, index, column, number);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Boolean flag) {
            statement.setBoolean(index, flag);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Instant time) {
            setInstant(statement, index, column, time);
        } else if (value instanceof Map || value instanceof List) {
            statement.setString(index, json(value));
        } else {
            statement.setObject(index, value);
        }
    }

    /** Hands over a value that a column is compared with, so that the server can use an index. */
    static void setKey(PreparedStatement statement, int index, TableColumn column, Object value) throws SQLException {
        boolean texts =
                column.type() == Types.CHAR || column.type() == Types.VARCHAR || column.type() == Types.LONGVARCHAR;
        set(statement, index, column, texts ? Conversions.toText(value) : value);
    }

    private static void setDouble(PreparedStatement statement, int index, TableColumn column, double number)
            throws SQLException {
        if (!Double.isFinite(number)) {
            throw new SQLDataException("Column '" + column.name() + "' cannot hold " + number);
        }
        statement.setDouble(index, number);
    }

    private static void setInstant(PreparedStatement statement, int index, TableColumn column, Instant time)
            throws SQLException {
        switch (column.type()) {
            case Types.BIGINT, Types.DECIMAL, Types.DOUBLE -> statement.setLong(index, time.toEpochMilli());
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> statement.setString(index, time.toString());
            default -> setTime(statement, index, time);
        }
    }

    /** Sessions run in UTC, so that the local time of UTC is right for DATETIME and TIMESTAMP alike. */
    private static void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    private static boolean isTime(int type) {
        return type == Types.TIMESTAMP || type == Types.DATE || type == Types.TIME;
    }

    private static String json(Object value) throws SQLException {
        try {
            return JSON.std.asString(value);
        } catch (IOException e) {
            throw new SQLDataException("A nested value cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
