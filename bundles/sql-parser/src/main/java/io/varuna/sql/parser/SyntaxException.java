package io.varuna.sql.parser;

/** A text that is no statement. The message says what is wrong and what to do, without the place. */
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final boolean tooComplex;

    public SyntaxException(String message, Place place) {
        this(message, place, false);
    }

    private SyntaxException(String message, Place place, boolean tooComplex) {
        super(message);
        this.place = place;
        this.tooComplex = tooComplex;
    }

    static SyntaxException tooComplex(String message, Place place) {
        return new SyntaxException(message, place, true);
    }

    public Place place() {
        return place;
    }

    /** Tells whether the statement is refused for its size alone. */
    public boolean isTooComplex() {
        return tooComplex;
    }
}
