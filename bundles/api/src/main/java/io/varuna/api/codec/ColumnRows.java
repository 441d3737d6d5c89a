package io.varuna.api.codec;

import org.osgi.annotation.versioning.ProviderType;

/** Rows of one schema, one at a time. It stands before the first row until {@link #next} is called. */
@ProviderType
public interface ColumnRows extends ColumnRow {
    /** Moves on to the next row, if there is one, and tells whether there was. */
    boolean next();
}
