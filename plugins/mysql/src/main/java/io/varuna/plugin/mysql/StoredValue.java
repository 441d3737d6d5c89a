package io.varuna.plugin.mysql;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.data.Column;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values as they come from a server. */
final class StoredValue {
    private StoredValue() {}

    /** Returns a value of the current row. Numbers that a BIGINT or FLOAT cannot hold exactly stay what they are. */
    static @Nullable Object read(ResultSet result, int index) throws SQLException {
        int type = result.getMetaData().getColumnType(index);
        if (result.getMetaData().getColumnTypeName(index).equals("YEAR")) {
            long year = result.getLong(index);
            return result.wasNull() ? null : year;
        }
        if (type == Types.DATE || type == Types.TIMESTAMP) {
            // sessions run in UTC
            LocalDateTime time = result.getObject(index, LocalDateTime.class);
            return time == null ? null : time.toInstant(ZoneOffset.UTC);
        }
        if (type == Types.TIME) {
            return result.getString(index);
        }
        Object value = result.getObject(index);
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    /** Compares exactly: numbers by value, values of unlike types by their texts. NULL is like nothing. */
    static boolean isSame(@Nullable Object stored, Object asked) {
        if (stored == null) {
            return false;
        }
        if (stored instanceof byte[] bytes) {
            return Arrays.equals(bytes, Conversions.toBytes(asked));
        }
        if (stored instanceof Instant time && asked instanceof Number) {
            return isSame(time.toEpochMilli(), asked);
        }
        if (stored instanceof Boolean flag && asked instanceof Number) {
            return isSame(flag ? 1L : 0L, asked);
        }
        if (stored instanceof Number number && asked instanceof Boolean flag) {
            return isSame(number, flag ? 1L : 0L);
        }
        if (stored instanceof Number number && asked instanceof Number other) {
            return exact(number).compareTo(exact(other)) == 0;
        }
        return Conversions.toText(stored).equals(Conversions.toText(asked));
    }

    private static BigDecimal exact(Number number) {
        // a float's text is what was written, its binary digits are not
        return number instanceof Double real ? new BigDecimal(real) : new BigDecimal(number.toString());
    }

    /** Brings a value to the type that its column is declared with, if it is. */
    static @Nullable Object declared(@Nullable Object value, Schema schema, String name, Clock clock) {
        int index = schema.indexOf(name);
        Object plain = plain(value);
        if (index < 0) {
            return plain;
        }
        Column column = schema.columns().get(index);
        boolean nested =
                column.type().kind() == DataType.Kind.ARRAY || column.type().kind() == DataType.Kind.STRUCT;
        return Conversions.declared(
                nested && plain instanceof String text ? nested(text) : plain, column.type(), name, clock);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof BigInteger number) {
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.doubleValue();
        }
        if (value instanceof BigDecimal number) {
            return number.scale() <= 0 ? plain(number.toBigInteger()) : (Object) number.doubleValue();
        }
        return value instanceof Float number ? (Object) Double.valueOf(number.toString()) : value;
    }

    /** Reads JSON; what is none stays a text, which does not fit and is reported as such. */
    private static @Nullable Object nested(String text) {
        try {
            return JSON.std.anyFrom(text);
        } catch (IOException e) {
            return text;
        }
    }
}
