package io.varuna.rest;

/** A body of a type that is not understood. */
final class UnsupportedBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedBodyException(String message) {
        super(message);
    }
}
