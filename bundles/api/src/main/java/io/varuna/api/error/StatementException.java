package io.varuna.api.error;

import org.jspecify.annotations.Nullable;

/** A statement that cannot be carried out, with the place in its text. */
public final class StatementException extends VarunaException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String statement;
    private final transient TextRange range;

    /**
     * Creates the exception.
     *
     * @param problem what is wrong and what to do, in a sentence without the place
     * @param statement the whole text
     */
    public StatementException(
            ErrorCode code, String problem, String statement, TextRange range, @Nullable Throwable cause) {
        super(
                code,
                problem + " (line " + range.line() + ", column " + range.column() + ")\n" + caret(statement, range),
                cause);
        this.problem = problem;
        this.statement = statement;
        this.range = range;
    }

    public String problem() {
        return problem;
    }

    public String statement() {
        return statement;
    }

    public TextRange range() {
        return range;
    }

    /** Returns the line in question with carets under the place. */
    public String snippet() {
        return caret(statement, range);
    }

    private static String caret(String statement, TextRange range) {
        String[] lines = statement.split("\r\n|\r|\n", -1);
        String line = range.line() <= lines.length ? lines[range.line() - 1] : "";
        int last = range.endLine() == range.line() ? Math.max(range.column(), range.endColumn()) : line.length();
        String indent =
                line.substring(0, Math.min(range.column() - 1, line.length())).replaceAll("[^\t]", " ");
        return line + "\n" + indent + "^".repeat(Math.max(1, last - range.column() + 1));
    }
}
