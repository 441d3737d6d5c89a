package io.varuna.shell;

import io.varuna.api.error.VarunaException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;

/** Reads statements, each to its semicolon, and carries them out until {@code quit}. */
final class SqlPrompt {
    private static final String FIRST = "sql> ";
    private static final String NEXT = "...> ";

    /** Carries out a statement; results are printed. */
    @FunctionalInterface
    interface Statements {
        void execute(String statement) throws Exception;
    }

    private final Terminal terminal;
    private final LineReader reader;
    private final PrintStream out;

    SqlPrompt(Terminal terminal, PrintStream out, Supplier<SqlWords> words) {
        this.terminal = terminal;
        this.out = out;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("sql")
                .history(new DefaultHistory())
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .completer((lineReader, line, candidates) -> complete(words.get(), line, candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    void run(Statements statements) throws Exception {
        out.println("Statements end with a semicolon; Ctrl-C ends a query; quit leaves.");
        StringBuilder statement = new StringBuilder();
        while (true) {
            String line;
            try {
                line = reader.readLine(statement.isEmpty() ? FIRST : NEXT);
            } catch (UserInterruptException e) {
                statement.setLength(0);
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            if (statement.isEmpty() && isQuit(line)) {
                return;
            }
            statement.append(statement.isEmpty() ? "" : "\n").append(line);
            String text = statement.toString().strip();
            if (text.endsWith(";")) {
                statement.setLength(0);
                execute(statements, text.substring(0, text.length() - 1).strip());
            }
        }
    }

    private void execute(Statements statements, String text) throws Exception {
        if (text.isEmpty()) {
            return;
        }
        // the shell's own answer to Ctrl-C would end the prompt, not only the query
        Thread thread = Thread.currentThread();
        Terminal.SignalHandler ofShell = terminal.handle(Terminal.Signal.INT, signal -> thread.interrupt());
        try {
            statements.execute(text);
        } catch (VarunaException e) {
            out.println(e.getMessage());
        } finally {
            terminal.handle(Terminal.Signal.INT, ofShell);
            clearInterrupt();
        }
    }

    /** Forgets a Ctrl-C that came when the statement had just ended. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private static boolean isQuit(String line) {
        String word = line.strip().replace(";", "").toLowerCase(Locale.ROOT);
        return word.equals("quit") || word.equals("exit");
    }

    private static void complete(SqlWords words, ParsedLine line, List<Candidate> candidates) {
        String text = line.line().substring(0, line.cursor());
        String before = line.word().substring(0, SqlWords.wordStart(line.word().substring(0, line.wordCursor())));
        for (String completion : words.completions(text)) {
            candidates.add(new Candidate(before + completion, completion, null, null, null, null, false));
        }
    }
}
