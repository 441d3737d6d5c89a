package io.varuna.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links from one page of the manual to another lead to a page and a heading that are there. */
class LinksTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.+)");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(40);
        for (Path page : pages) {
            Matcher link = LINK.matcher(String.join("\n", prose(page)));
            while (link.find()) {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                String heading = link.group(2);
                boolean there = Files.exists(target)
                        && (heading == null || anchors(target).contains(heading));
                if (!there) {
                    dead.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> manual = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, manual)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** Returns the lines that are not within blocks of code. */
    private static List<String> prose(Path page) throws IOException {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(page, UTF_8)) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** Returns the anchors of headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : prose(page)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String words = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
                anchors.add(words.strip().replace(' ', '-'));
            }
        }
        return anchors;
    }
}
