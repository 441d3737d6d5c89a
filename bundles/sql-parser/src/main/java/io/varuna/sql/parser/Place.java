package io.varuna.sql.parser;

import org.apache.calcite.sql.parser.SqlParserPos;

/** A part of a text: lines and columns count from 1, the end is included. */
public record Place(int line, int column, int endLine, int endColumn) {
    /** Returns where a node stands; the start of the text where a node was not in it. */
    public static Place of(SqlParserPos position) {
        int line = Math.max(1, position.getLineNum());
        int column = Math.max(1, position.getColumnNum());
        int endLine = Math.max(line, position.getEndLineNum());
        int endColumn = position.getEndColumnNum();
        return new Place(line, column, endLine, endLine == line ? Math.max(column, endColumn) : Math.max(1, endColumn));
    }
}
