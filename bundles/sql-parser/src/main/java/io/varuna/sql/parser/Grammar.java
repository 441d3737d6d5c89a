package io.varuna.sql.parser;

/** Which of the two grammars a query is read by. */
public enum Grammar {
    /** The rule grammar if the text is of it, otherwise the standard one. */
    AUTO,
    /** Few reserved words, so that {@code value}, {@code user} or {@code timestamp} are names. */
    RULE,
    /** All of Calcite's, with its reserved words. */
    STANDARD
}
