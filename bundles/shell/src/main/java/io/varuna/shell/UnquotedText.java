package io.varuna.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Reads a command whose last argument is a text that may be typed without quotes: to the shell its brackets would be commands,
 * its quotes nothing, and a {@code >} a file. The text ends where another command begins: at a semicolon, at a single {@code |},
 * or with the line, but not within quotes of its own.
 */
abstract class UnquotedText implements Parser {
    private final Parser shell = new DefaultParser();
    private final Pattern form;

    /** Creates it; {@code text} is how such a text looks like, as a regular expression. */
    UnquotedText(String text) {
        // before it the name of the command, and options, in which nothing is quoted
        this.form = Pattern.compile("(\\s*\\S+\\s+(?:[^\\s'\"{|;]+\\s+)*?)(" + text + ")", Pattern.DOTALL);
    }

    @Override
    public final CommandLine parse(Session session, String command, int cursor) {
        Matcher match = form.matcher(command);
        if (!match.matches()) {
            return shell.parse(session, command, cursor);
        }
        String buffer = command.substring(0, end(command, match.start(2)));
        CommandLine line = shell.parse(session, buffer, Math.min(cursor, buffer.length()));
        return new CommandLineImpl(
                line.getArguments(),
                line.getCursorArgumentIndex(),
                line.getArgumentPosition(),
                line.getBufferPosition(),
                buffer);
    }

    @Override
    public final String preprocess(Session session, CommandLine line) {
        Matcher match = form.matcher(line.getBuffer());
        if (!match.matches()) {
            return shell.preprocess(session, line);
        }
        return match.group(1) + "'" + match.group(2).strip().replace("'", "'\\''") + "'";
    }

    private static int end(String command, int start) {
        char quote = 0;
        for (int i = start; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (command.startsWith("||", i)) {
                i++;
            } else if (c == ';' || c == '|' || c == '\n') {
                return i;
            }
        }
        return command.length();
    }
}
