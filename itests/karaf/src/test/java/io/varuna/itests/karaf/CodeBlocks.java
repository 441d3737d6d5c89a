package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fenced blocks of a chapter of a Markdown page, in order. */
record CodeBlocks(List<Block> blocks) {
    private static final String FENCE = "```";

    /** A block without its indentation; {@code language} is what stands behind its opening fence. */
    record Block(String language, String text) {}

    /** Reads the blocks below a heading of the second level. */
    static CodeBlocks of(Path page, String heading) {
        List<Block> blocks = new ArrayList<>();
        boolean inside = false;
        @Nullable String language = null;
        int indentation = 0;
        StringBuilder text = new StringBuilder();
        for (String line : lines(page)) {
            String stripped = line.stripLeading();
            if (language != null && stripped.equals(FENCE)) {
                blocks.add(new Block(language, text.toString()));
                language = null;
            } else if (language != null) {
                text.append(line.substring(Math.min(indentation, line.length())))
                        .append('\n');
            } else if (line.startsWith("## ")) {
                inside = line.substring(3).equals(heading);
            } else if (inside && stripped.startsWith(FENCE)) {
                language = stripped.substring(FENCE.length());
                indentation = line.length() - stripped.length();
                text.setLength(0);
            }
        }
        assertThat(blocks).as("code below '%s' in %s", heading, page).isNotEmpty();
        return new CodeBlocks(blocks);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the texts of the blocks of a language. */
    List<String> in(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** Returns the calls of a program in the blocks for a shell, in order. */
    List<Command> calls(String program) {
        return in("sh").stream()
                .flatMap(text -> Command.all(text).stream())
                .filter(command -> command.program().equals(program))
                .toList();
    }
}
