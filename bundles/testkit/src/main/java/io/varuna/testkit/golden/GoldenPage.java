package io.varuna.testkit.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of scenarios. Blocks before the first second-level heading are shared; each such heading starts a scenario.
 * Everything outside of fenced blocks is prose, and is kept as it is.
 */
public record GoldenPage(List<Part> parts) {
    private static final Pattern FENCE = Pattern.compile("(`{3,})\\s*([\\w-]*)\\s*");

    /** Prose, or a fenced block. */
    public sealed interface Part permits Prose, Block {
        /** Returns the line of the page on which the text starts, from 1. */
        int line();

        List<String> text();
    }

    /** Text that is no test, including blocks in languages that are no test, such as shell commands. */
    public record Prose(int line, List<String> text) implements Part {
        public Prose {
            text = List.copyOf(text);
        }
    }

    /** A block that is a part of a test. */
    public record Block(BlockKind kind, int line, List<String> text) implements Part {
        public Block {
            text = List.copyOf(text);
        }

        /** Returns the text as one, without a line end after the last line. */
        public String joined() {
            return String.join("\n", text);
        }

        /** Returns a block with other text, for {@link GoldenPage#render}. */
        public Block with(List<String> replacement) {
            return new Block(kind, line, replacement);
        }
    }

    /** The blocks under one heading, after those that all scenarios share. */
    public record Scenario(String title, int line, List<Block> blocks) {
        public Scenario {
            blocks = List.copyOf(blocks);
        }

        /** Returns the blocks of one kind, in order. */
        public List<Block> blocks(BlockKind kind) {
            return blocks.stream().filter(block -> block.kind() == kind).toList();
        }

        /** Returns the only block of a kind, or empty; throws if there are several. */
        public Optional<Block> block(BlockKind kind) {
            List<Block> all = blocks(kind);
            if (all.size() > 1) {
                throw new GoldenSyntaxException(
                        all.get(1).line(),
                        "scenario '" + title + "' has a second " + kind.fence()
                                + " block. Start a scenario of its own");
            }
            return all.stream().findFirst();
        }

        /** Returns the statements that come before the rule: the {@code sql} blocks that end with a semicolon. */
        public List<Block> setup() {
            return blocks(BlockKind.SQL).stream().filter(Scenario::isSetup).toList();
        }

        /** Returns the rule: the {@code sql} block that does not end with a semicolon. */
        public Optional<Block> rule() {
            List<Block> rules = blocks(BlockKind.SQL).stream()
                    .filter(block -> !isSetup(block))
                    .toList();
            if (rules.size() > 1) {
                throw new GoldenSyntaxException(
                        rules.get(1).line(),
                        "scenario '" + title
                                + "' has a second rule. End statements that come before the rule with a semicolon");
            }
            return rules.stream().findFirst();
        }

        private static boolean isSetup(Block block) {
            return block.joined().stripTrailing().endsWith(";");
        }
    }

    public GoldenPage {
        parts = List.copyOf(parts);
    }

    /**
     * Parses a page.
     *
     * @throws GoldenSyntaxException if a block is of no known kind or is never closed
     */
    public static GoldenPage parse(String markdown) {
        List<Part> parts = new ArrayList<>();
        List<String> text = new ArrayList<>();
        int start = 1;
        BlockKind kind = null;
        String fence = null;
        int number = 0;
        for (String line : markdown.split("\n", -1)) {
            number++;
            if (fence == null) {
                Matcher matcher = FENCE.matcher(line);
                if (matcher.matches()) {
                    fence = matcher.group(1);
                    kind = BlockKind.of(matcher.group(2), number).orElse(null);
                    if (kind != null) {
                        parts.add(new Prose(start, text));
                        text = new ArrayList<>();
                        start = number + 1;
                        continue;
                    }
                }
            } else if (line.stripTrailing().equals(fence)) {
                fence = null;
                if (kind != null) {
                    parts.add(new Block(kind, start, text));
                    kind = null;
                    text = new ArrayList<>();
                    start = number + 1;
                    continue;
                }
            }
            text.add(line);
        }
        if (fence != null) {
            throw new GoldenSyntaxException(kind == null ? number : start - 1, "the block is never closed");
        }
        parts.add(new Prose(start, text));
        return new GoldenPage(parts);
    }

    /** Returns the scenarios, in order; none on a page without second-level headings. */
    public List<Scenario> scenarios() {
        List<Block> shared = new ArrayList<>();
        List<Scenario> scenarios = new ArrayList<>();
        String title = null;
        int line = 0;
        List<Block> blocks = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Block block) {
                (title == null ? shared : blocks).add(block);
                continue;
            }
            for (Heading heading : headings(part)) {
                if (title != null) {
                    scenarios.add(new Scenario(title, line, blocks));
                }
                title = heading.title();
                line = heading.line();
                blocks = new ArrayList<>(shared);
            }
        }
        if (title != null) {
            scenarios.add(new Scenario(title, line, blocks));
        }
        return scenarios;
    }

    private record Heading(String title, int line) {}

    private static List<Heading> headings(Part part) {
        List<Heading> headings = new ArrayList<>();
        String fence = null;
        for (int i = 0; i < part.text().size(); i++) {
            String line = part.text().get(i);
            Matcher matcher = FENCE.matcher(line);
            if (fence == null && matcher.matches()) {
                fence = matcher.group(1);
            } else if (fence != null && line.stripTrailing().equals(fence)) {
                fence = null;
            } else if (fence == null && line.startsWith("## ")) {
                headings.add(new Heading(line.substring(3).strip(), part.line() + i));
            }
        }
        return headings;
    }

    /** Returns the page with each block replaced by what {@code actual} makes of it. */
    public String render(Function<Block, Block> actual) {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Block block) {
                lines.add("```" + block.kind().fence());
                lines.addAll(actual.apply(block).text());
                lines.add("```");
            } else {
                lines.addAll(part.text());
            }
        }
        return String.join("\n", lines);
    }
}
