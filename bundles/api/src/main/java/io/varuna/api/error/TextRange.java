package io.varuna.api.error;

/** A part of a statement: lines and columns count from 1, the end is included. */
public record TextRange(int line, int column, int endLine, int endColumn) {
    public TextRange {
        if (line < 1 || column < 1 || endLine < line || (endLine == line && endColumn < column)) {
            throw new IllegalArgumentException(line + ":" + column + "-" + endLine + ":" + endColumn);
        }
    }
}
