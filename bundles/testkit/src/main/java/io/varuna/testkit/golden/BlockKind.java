package io.varuna.testkit.golden;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a fenced block means to a test. */
public enum BlockKind {
    /** Statements that end with a semicolon, or the rule, which does not. */
    SQL,
    /** What a person is told about the statements before it. */
    ANSWER,
    /** What happens between statements, such as {@code !restart}. */
    EVENT,
    /** What goes in and comes out, and when. */
    TIMELINE,
    /** What comes out after the end of a finite input, or what expressions give. */
    ROWS,
    /** The plan as EXPLAIN prints it. */
    PLAN,
    /** What is wrong with the statement. */
    ERROR,
    /** Counters after the last step. */
    METRICS,
    /** Options of the rule. */
    CONFIG;

    private static final Set<String> PROSE = Set.of(
            "", "bash", "sh", "shell", "console", "powershell", "json", "xml", "yaml", "java", "text", "properties");

    /** Returns the word after the fence. */
    public String fence() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the kind of a block, or empty if it is documentation.
     *
     * @throws GoldenSyntaxException if it is neither, which is a spelling mistake that would silently test nothing
     */
    static Optional<BlockKind> of(String word, int line) {
        if (PROSE.contains(word)) {
            return Optional.empty();
        }
        for (BlockKind kind : values()) {
            if (kind.fence().equals(word)) {
                return Optional.of(kind);
            }
        }
        throw new GoldenSyntaxException(
                line,
                "there are no blocks of kind '" + word + "'. Tests are made of: "
                        + Arrays.stream(values()).map(BlockKind::fence).collect(Collectors.joining(", ")));
    }
}
