package io.varuna.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code error} block: a code, the place, what is wrong, and the line of the statement with carets below the place.
 *
 * @param place where, or empty if the error has no place
 * @param snippet the line and the carets, or empty
 */
public record ExpectedError(String code, Optional<Place> place, String message, List<String> snippet) {
    private static final Pattern FIRST_LINE = Pattern.compile(
            "(?<code>[A-Z][A-Z0-9_]*)(?: at line (?<line>\\d+), column (?<column>\\d+))?: (?<message>.+)");

    /** A place in a statement; both count from 1. */
    public record Place(int line, int column) {}

    public ExpectedError {
        snippet = List.copyOf(snippet);
    }

    /**
     * Parses an {@code error} block.
     *
     * @throws GoldenSyntaxException naming the line of the page
     */
    public static ExpectedError parse(GoldenPage.Block block) {
        Matcher matcher =
                FIRST_LINE.matcher(block.text().isEmpty() ? "" : block.text().get(0));
        if (!matcher.matches()) {
            throw new GoldenSyntaxException(
                    block.line(), "an error starts with: CODE at line 1, column 8: what is wrong and what to do");
        }
        Optional<Place> place = Optional.ofNullable(matcher.group("line"))
                .map(line -> new Place(Integer.parseInt(line), Integer.parseInt(matcher.group("column"))));
        return new ExpectedError(
                matcher.group("code"),
                place,
                matcher.group("message"),
                block.text().subList(1, block.text().size()));
    }

    /** Returns the lines of the block. */
    public List<String> render() {
        List<String> lines = new ArrayList<>();
        lines.add(code
                + place.map(p -> " at line " + p.line() + ", column " + p.column())
                        .orElse("") + ": " + message);
        lines.addAll(snippet);
        return lines;
    }
}
