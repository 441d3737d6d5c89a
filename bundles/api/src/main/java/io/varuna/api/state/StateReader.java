package io.varuna.api.state;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the parts of a state, in the order in which they were written. */
@ProviderType
public interface StateReader {
    /** Returns the {@link State#version()} of the state that was saved. */
    int version();

    long getLong();

    double getDouble();

    @Nullable
    Object getValue();
}
