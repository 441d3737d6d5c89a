package io.varuna.shell;

import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.StreamService;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "varuna",
        name = "sql",
        description = "Runs a SELECT statement and shows its results as they come, until Ctrl-C",
        detailedDescription =
                """
                Other statements (CREATE, DROP, SHOW, DESCRIBE, EXPLAIN) are carried out. Without a
                statement, reads statements from a prompt.

                Examples:
                  sql 'SELECT * FROM demo WHERE temperature > 20'
                  sql -n 5 'SELECT avg(temperature) AS t FROM demo GROUP BY TUMBLINGWINDOW(ss, 5)'
                  sql 'SHOW STREAMS'
                  sql
                """)
@Parsing(UnquotedStatement.class)
public final class Sql extends VarunaAction {
    private static final Pattern ABOUT_STREAMS =
            Pattern.compile("(CREATE|DROP|SHOW|DESCRIBE|EXPLAIN)\\b.*", Pattern.DOTALL);

    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    RuleService rules;

    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    StreamService streams;

    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    FunctionService functions;

    @Argument(name = "statement", description = "The statement; it may be in single quotes", multiValued = true)
    @Completion(SqlCompleter.class)
    List<String> words = List.of();

    @Option(name = "-n", aliases = "--count", description = "Ends after this many results")
    @Nullable
    String count;

    @Override
    void run(PrintStream out) throws Exception {
        if (!words.isEmpty()) {
            execute(out, String.join(" ", words));
            return;
        }
        if (session.get(".jline.terminal") instanceof Terminal terminal) {
            new SqlPrompt(terminal, out, () -> new SqlWords(streams, functions)).run(text -> execute(out, text));
            return;
        }
        throw new CommandException("There is no terminal to read statements from. Give one after the command.");
    }

    private void execute(PrintStream out, String text) throws Exception {
        if (ABOUT_STREAMS.matcher(text.strip().toUpperCase(Locale.ROOT)).matches()) {
            out.println(streams.execute(text));
            return;
        }
        LiveOutput.print(out, listener -> rules.query(text, listener), LiveOutput.count(count));
    }
}
