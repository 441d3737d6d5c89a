package io.varuna.api.data;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the cells of formats in which everything is text, such as CSV. */
public final class CellConversion {
    private static final Clock UTC = Clock.systemUTC();
    private static final Pattern MILLISECONDS = Pattern.compile("-?[0-9]{1,18}");

    private CellConversion() {}

    /**
     * Brings the text of a cell to the type of its column. An empty cell is NULL, unless the column takes texts or bytes. A
     * point in time stays a text, or a number of milliseconds, for the engine to convert. Fails with MALFORMED_RECORD.
     */
    public static @Nullable Object convert(String cell, DataType type, String column) {
        switch (type.kind()) {
            case VARCHAR, ANY -> {
                return cell;
            }
            case TIMESTAMP -> {
                // the engine converts: a pattern and a zone may be needed
                return cell.isEmpty() ? null : number(cell);
            }
            case VARBINARY -> {
                return cast(cell, type, column);
            }
            case BOOLEAN, BIGINT, DOUBLE -> {
                return cell.isEmpty() ? null : cast(cell, type, column);
            }
            case ARRAY, STRUCT -> throw misfit(cell, type, column);
        }
        throw misfit(cell, type, column);
    }

    private static Object number(String cell) {
        return MILLISECONDS.matcher(cell).matches() ? (Object) Long.parseLong(cell) : cell;
    }

    private static @Nullable Object cast(String cell, DataType type, String column) {
        try {
            return Conversions.cast(cell, type.kind(), UTC);
        } catch (VarunaException e) {
            throw misfit(cell, type, column);
        }
    }

    private static VarunaException misfit(String cell, DataType type, String column) {
        return new VarunaException(
                StandardError.MALFORMED_RECORD,
                "Column '" + column + "' takes " + type + ", not " + Conversions.describe(cell));
    }
}
