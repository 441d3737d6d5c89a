package io.varuna.plugin.codec.delimited;

import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.data.CellConversion;
import io.varuna.api.data.DataType;

/** Puts cells into columns: plain numbers at once, everything that is rarer as {@link CellConversion} has it. */
final class CellReader {
    /** So many digits are exact in a double, and fit a long. */
    private static final int MOST_DIGITS = 15;

    private static final int NO_POINT = -1;
    private static final double[] POWERS_OF_10 = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private CellReader() {}

    static void put(int column, DataType type, String name, CellScanner scanner, ColumnOutput out) {
        switch (type.kind()) {
            case VARCHAR, ANY -> out.putText(column, scanner.bytes(), scanner.offset(), scanner.length());
            case BIGINT, DOUBLE -> putNumber(column, type, name, scanner, out);
            case BOOLEAN, TIMESTAMP, VARBINARY, ARRAY, STRUCT -> putConverted(column, type, name, scanner, out);
        }
    }

    private static void putNumber(int column, DataType type, String name, CellScanner scanner, ColumnOutput out) {
        byte[] bytes = scanner.bytes();
        int end = scanner.offset() + scanner.length();
        int first = scanner.length() > 0 && bytes[scanner.offset()] == '-' ? scanner.offset() + 1 : scanner.offset();
        boolean exact = end - first > 0 && end - first <= MOST_DIGITS;
        long digits = 0;
        int point = NO_POINT;
        for (int i = first; i < end && exact; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
            } else {
                exact = bytes[i] == '.' && point == NO_POINT && i > first && i < end - 1;
                point = i;
            }
        }
        boolean negative = first > scanner.offset();
        if (exact && type.kind() == DataType.Kind.DOUBLE) {
            double value = point == NO_POINT ? digits : digits / POWERS_OF_10[end - 1 - point];
            out.putDouble(column, negative ? -value : value);
        } else if (exact && point == NO_POINT && (bytes[first] != '0' || end - first == 1)) {
            // a zero before other digits means octal
            out.putLong(column, negative ? -digits : digits);
        } else {
            putConverted(column, type, name, scanner, out);
        }
    }

    private static void putConverted(int column, DataType type, String name, CellScanner scanner, ColumnOutput out) {
        Object value = CellConversion.convert(scanner.text(), type, name);
        if (value == null) {
            out.putNull(column);
        } else if (value instanceof String) {
            out.putText(column, scanner.bytes(), scanner.offset(), scanner.length());
        } else if (value instanceof Long whole) {
            out.putLong(column, whole);
        } else if (value instanceof Double fraction) {
            out.putDouble(column, fraction);
        } else if (value instanceof Boolean bool) {
            out.putBoolean(column, bool);
        } else {
            out.putObject(column, value);
        }
    }
}
