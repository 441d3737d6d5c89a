package io.varuna.runtime.store;

import io.varuna.api.error.ErrorCode;
import io.varuna.api.error.ErrorKind;

/** What can be wrong with the store. */
public enum StoreError implements ErrorCode {
    /** The files cannot be used as they are. */
    STORE_UNUSABLE(ErrorKind.CONFIGURATION),
    /** A change could not be written, such as to a full disk. */
    STORE_WRITE_FAILED(ErrorKind.EXTERNAL);

    private final ErrorKind kind;

    StoreError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
