package io.varuna.sql;

import io.varuna.api.error.ErrorCode;
import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.StatementException;
import io.varuna.api.error.TextRange;
import io.varuna.sql.parser.Place;
import io.varuna.sql.parser.SyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The text of a statement, which errors point into. */
final class StatementText {
    private final String text;
    private String @Nullable [] lines;

    StatementText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    StatementException error(ErrorCode code, String problem, SqlNode node) {
        return error(code, problem, node.getParserPosition());
    }

    StatementException error(ErrorCode code, String problem, SqlParserPos position) {
        return error(code, problem, Place.of(position));
    }

    StatementException error(ErrorCode code, String problem, Place place) {
        return new StatementException(code, problem, text, range(place), null);
    }

    StatementException error(SyntaxException e) {
        return new StatementException(
                e.isTooComplex() ? StandardError.STATEMENT_TOO_COMPLEX : StandardError.SYNTAX_ERROR,
                String.valueOf(e.getMessage()),
                text,
                range(e.place()),
                e);
    }

    private static TextRange range(Place place) {
        return new TextRange(place.line(), place.column(), place.endLine(), place.endColumn());
    }

    private String[] lines() {
        String[] known = lines;
        if (known == null) {
            known = text.split("\r\n|\r|\n", -1);
            lines = known;
        }
        return known;
    }

    /** Returns what was written there. */
    String at(SqlNode node) {
        Place place = Place.of(node.getParserPosition());
        String[] lines = lines();
        StringBuilder found = new StringBuilder();
        for (int line = place.line(); line <= Math.min(place.endLine(), lines.length); line++) {
            String content = lines[line - 1];
            int from = line == place.line() ? Math.min(place.column() - 1, content.length()) : 0;
            int to = line == place.endLine() ? Math.min(place.endColumn(), content.length()) : content.length();
            found.append(found.isEmpty() ? "" : " ").append(content, from, Math.max(from, to));
        }
        return found.toString();
    }

    /** Returns " Did you mean 'x'?" or, where nothing is near, the list of what there is, or nothing if that is long. */
    static String suggest(String name, Collection<String> known, String listed) {
        Optional<String> nearest = NearestName.of(
                name, known.stream().filter(other -> !other.equals(name)).toList());
        if (nearest.isPresent()) {
            return ". Did you mean '" + nearest.get() + "'?";
        }
        if (known.isEmpty() || known.size() > 20) {
            return "";
        }
        return ". " + listed + ": "
                + String.join(", ", List.copyOf(known).stream().sorted().toList());
    }
}
