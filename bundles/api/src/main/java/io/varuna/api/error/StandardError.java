package io.varuna.api.error;

import static io.varuna.api.error.ErrorKind.CONFIGURATION;
import static io.varuna.api.error.ErrorKind.DATA;
import static io.varuna.api.error.ErrorKind.EXTERNAL;
import static io.varuna.api.error.ErrorKind.INTERNAL;
import static io.varuna.api.error.ErrorKind.USER;

/** Codes of the engine itself, with the number that the REST interface shows. */
public enum StandardError implements ErrorCode {
    SYNTAX_ERROR(USER, 2001),
    STATEMENT_TOO_COMPLEX(USER, 2001),
    COLUMN_NOT_FOUND(USER, 2101),
    COLUMN_AMBIGUOUS(USER, 2101),
    DUPLICATE_COLUMN(USER, 2101),
    FUNCTION_NOT_FOUND(USER, 2101),
    INVALID_ARGUMENT(USER, 2101),
    TYPE_MISMATCH(USER, 2101),
    INVALID_WINDOW(USER, 2101),
    UNSUPPORTED(USER, 2101),
    STREAM_NOT_FOUND(USER, 1002),
    STREAM_EXISTS(USER, 3000),
    STREAM_IN_USE(USER, 3000),
    INVALID_STREAM(USER, 3000),
    RULE_NOT_FOUND(USER, 1002),
    RULE_EXISTS(USER, 4000),
    INVALID_RULE(USER, 4000),
    KEY_NOT_FOUND(USER, 1002),
    INVALID_NAME(USER, 1001),
    INVALID_JSON(USER, 1001),
    INVALID_PROPERTY(CONFIGURATION, 5000),
    PLUGIN_NOT_FOUND(CONFIGURATION, 1002),
    PLUGIN_EXISTS(CONFIGURATION, 1001),
    PLUGIN_REJECTED(CONFIGURATION, 1001),
    PLUGIN_IN_USE(CONFIGURATION, 1001),
    MALFORMED_RECORD(DATA, 1004),
    EVALUATION_FAILED(DATA, 2201),
    ROW_REFUSED(DATA, 1003),
    SOURCE_FAILED(EXTERNAL, 1003),
    SINK_FAILED(EXTERNAL, 1003),
    CONNECTION_FAILED(EXTERNAL, 1003),
    DOWNLOAD_FAILED(EXTERNAL, 1003),
    STATE_INCOMPATIBLE(CONFIGURATION, 1001),
    REQUEST_TOO_LARGE(USER, 1001),
    /** A plugin does not come back from a call. */
    PLUGIN_HANGS(INTERNAL, 1003),
    INTERNAL_ERROR(INTERNAL, 1000);

    private final ErrorKind kind;
    private final int number;

    StandardError(ErrorKind kind, int number) {
        this.kind = kind;
        this.number = number;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public int number() {
        return number;
    }
}
