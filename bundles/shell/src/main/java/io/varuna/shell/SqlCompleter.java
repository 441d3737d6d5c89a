package io.varuna.shell;

import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.StreamService;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes the last word of a statement that is one argument in quotes. */
@Service
public final class SqlCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    StreamService streams;

    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    FunctionService functions;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        String argument = commandLine.getCursorArgument() == null ? "" : commandLine.getCursorArgument();
        String text = argument.substring(0, Math.min(commandLine.getArgumentPosition(), argument.length()));
        String before = text.substring(0, SqlWords.wordStart(text));
        for (String completion : new SqlWords(streams, functions).completions(text)) {
            candidates.add(before + completion);
        }
        return candidates.isEmpty() ? -1 : commandLine.getBufferPosition() - commandLine.getArgumentPosition();
    }

    /** A completed word does not end the argument: the quote stays open. */
    @Override
    public void completeCandidates(Session session, CommandLine commandLine, List<Candidate> candidates) {
        List<String> texts = new ArrayList<>();
        complete(session, commandLine, texts);
        for (String text : texts) {
            candidates.add(
                    new Candidate(text, text.substring(SqlWords.wordStart(text)), null, null, null, null, false));
        }
    }
}
