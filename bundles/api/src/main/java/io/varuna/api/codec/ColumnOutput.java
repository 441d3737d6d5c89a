package io.varuna.api.codec;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes records column by column. A column that is not put before {@link #endRecord} is one that the record does not have;
 * if a column is put several times, the last time counts. Not thread-safe, and valid only during the call that hands it
 * over.
 */
@ProviderType
public interface ColumnOutput {
    void putLong(int column, long value);

    void putDouble(int column, double value);

    void putBoolean(int column, boolean value);

    /**
     * Puts a text.
     *
     * @param utf8 has the text as well-formed UTF-8, which is not checked; may change after the call. A text that has no such
     *     form, because of half a surrogate pair, is put as an object
     */
    void putText(int column, byte[] utf8, int offset, int length);

    void putNull(int column);

    /** Puts a value of any type, such as a list, a map, bytes or a point in time. Nobody changes it afterwards. */
    void putObject(int column, Object value);

    /**
     * Puts a value that is made when somebody asks for it: a whole record, say, which many rules leave out by a condition on
     * some of its columns.
     *
     * @param bytes may change after the call
     */
    default void putLate(int column, byte[] bytes, int offset, int length, LateReader reader) {
        putObject(column, reader.read(bytes, offset, length));
    }

    /** Ends a record; what is put afterwards belongs to the next one. */
    void endRecord();
}
