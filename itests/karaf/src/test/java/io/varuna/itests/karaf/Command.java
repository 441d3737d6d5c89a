package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line as it stands in the documentation, taken apart as a POSIX shell does. */
record Command(List<String> words) {
    // quoted texts, which may span lines; a line that goes on; the end of a line; blanks; anything else
    private static final Pattern TOKEN =
            Pattern.compile("'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(\\\\\\n)|(\\n)|([ \\t]+)|([^\\s'\"\\\\]+)");

    /** Returns the commands of a block, one for each line that does not go on. */
    static List<Command> all(String text) {
        List<Command> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            boolean joins = token.group(1) != null || token.group(2) != null || token.group(6) != null;
            if (joins) {
                word.append(text(token));
                open = true;
                continue;
            }
            if (open) {
                words.add(word.toString());
                word.setLength(0);
                open = false;
            }
            if (token.group(4) != null && !words.isEmpty()) {
                commands.add(new Command(List.copyOf(words)));
                words.clear();
            }
        }
        return commands;
    }

    private static String text(Matcher token) {
        if (token.group(1) != null) {
            return token.group(1);
        }
        return token.group(2) == null ? token.group(6) : token.group(2).replaceAll("\\\\(.)", "$1");
    }

    String program() {
        return words.get(0);
    }

    /** Returns the word behind an option. */
    String option(String name) {
        assertThat(words).contains(name);
        return words.get(words.indexOf(name) + 1);
    }

    /** Does what curl does, with another port than the one that is documented. */
    Rest.Answer curl(Rest rest) {
        String address = words.stream()
                .filter(word -> word.startsWith("http://localhost:9081/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no address in " + words));
        String path = address.substring("http://localhost:9081".length());
        String body = words.contains("-d") ? option("-d") : "";
        return rest.send(words.contains("-X") ? option("-X") : "GET", path, body);
    }

    /** Returns the command with a text in its words replaced. */
    Command replace(String text, String by) {
        return new Command(words.stream().map(word -> word.replace(text, by)).toList());
    }
}
