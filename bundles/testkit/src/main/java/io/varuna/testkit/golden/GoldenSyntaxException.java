package io.varuna.testkit.golden;

/** A golden page that is not written as it should be. */
public final class GoldenSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    GoldenSyntaxException(int line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
    }

    /** Returns the line of the page, from 1. */
    public int line() {
        return line;
    }
}
