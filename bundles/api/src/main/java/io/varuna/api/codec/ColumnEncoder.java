package io.varuna.api.codec;

import org.osgi.annotation.versioning.ConsumerType;

/** An encoder that can do without an object for each value. The engine prefers this form. */
@ConsumerType
public interface ColumnEncoder extends Encoder {
    /** Adds to {@code out} what {@link Encoder#encode(io.varuna.api.data.Row, java.io.OutputStream)} writes. */
    void encode(ColumnRow row, ByteOutput out) throws Exception;

    /**
     * Adds to {@code out} what {@link Encoder#encode(java.util.List, java.io.OutputStream)} writes, for the rows after the
     * one that {@code rows} stands on.
     */
    void encodeAll(ColumnRows rows, ByteOutput out) throws Exception;
}
