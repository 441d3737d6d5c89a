package io.varuna.shell;

import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.StreamService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes words of statements. Within quotes Karaf 4.4.10 completes nothing (its line reader loses count). */
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
        String typed = argument.substring(0, Math.min(commandLine.getArgumentPosition(), argument.length()));
        String before = typed.substring(0, SqlWords.wordStart(typed));
        String line = commandLine.getBuffer().substring(0, commandLine.getBufferPosition());
        for (String completion : new SqlWords(streams, functions).completions(line)) {
            candidates.add(before + completion);
        }
        return candidates.isEmpty() ? -1 : commandLine.getBufferPosition() - commandLine.getArgumentPosition();
    }
}
