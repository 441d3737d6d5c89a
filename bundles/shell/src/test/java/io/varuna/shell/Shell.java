package io.varuna.shell;

import io.varuna.api.manage.FunctionDescription;
import io.varuna.api.manage.FunctionService;
import io.varuna.testkit.manage.MemoryCatalogs;
import io.varuna.testkit.manage.MemoryData;
import io.varuna.testkit.manage.MemoryKeyedState;
import io.varuna.testkit.manage.MemoryPlugins;
import io.varuna.testkit.manage.MemoryProfiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.JLineTerminal;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Karaf's shell with our commands, on a terminal that a test types at, over management services in memory. */
final class Shell implements AutoCloseable, AfterEachCallback {
    /** What etc/scripts/varuna.script sets. */
    static final String PROMPT = "varuna> ";
    /** Leads System.out to the session of a thread; there can be one only. */
    private static final ThreadIOImpl THREADS = new ThreadIOImpl();

    static {
        THREADS.start();
    }

    final MemoryStreams streams = new MemoryStreams();
    final MemoryRules rules = new MemoryRules();
    final MemoryPlugins plugins = new MemoryPlugins();
    final MemoryTrials trials = new MemoryTrials();
    final MemoryData data = new MemoryData();
    final MemoryUploads uploads = new MemoryUploads();
    private final FunctionService functions = () -> List.of(
            new FunctionDescription(
                    "abs", List.of(), "scalar", "abs(value FLOAT)", "The absolute value.", List.of("abs(-1) = 1")),
            new FunctionDescription(
                    "avg", List.of("mean"), "aggregate", "avg(value FLOAT)", "The arithmetic mean.", List.of()));
    private final SessionFactoryImpl factory = new SessionFactoryImpl(THREADS);
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Terminal terminal;
    private final Session session;

    Shell() {
        factory.register(streams);
        factory.register(rules);
        factory.register(plugins);
        factory.register(trials);
        factory.register(uploads);
        factory.register(data);
        factory.register(functions);
        factory.register(new MemoryCatalogs());
        factory.register(new MemoryProfiles());
        factory.register(new MemoryKeyedState());
        ManagerImpl commands = new ManagerImpl(factory, factory);
        try {
            for (Class<?> type : services()) {
                commands.register(type);
            }
            PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
            PipedInputStream in = new PipedInputStream(keyboard, 8192);
            terminal = new DumbTerminal(in, screen);
            session = factory.create(in, out, out, new JLineTerminal(terminal), "UTF-8", null);
            session.put("PROMPT", PROMPT);
        } catch (Exception e) {
            throw new IllegalStateException("The shell cannot be made", e);
        }
    }

    /** Carries out a command line, and returns what it shows. */
    String run(String line) throws Exception {
        screen.reset();
        session.execute(line);
        return output();
    }

    /** Types at the terminal what a command will read. */
    void type(String text) throws IOException {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Ends what is typed, as the end of a file or a pipe does. */
    void endInput() throws IOException {
        keyboard.close();
    }

    /** Does what Ctrl-C does while a prompt of ours is open. */
    void interruptPrompt() {
        terminal.raise(Terminal.Signal.INT);
    }

    /** Does what Ctrl-C does to a command. */
    void interrupt() {
        CommandSession commands = (CommandSession) session.get(".commandSession");
        commands.foregroundJob().interrupt();
    }

    /** Returns what is on the screen, without colours and blanks at the ends of lines. */
    String output() {
        return screen.toString(StandardCharsets.UTF_8)
                .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
                .replace("\r", "")
                .replaceAll(" +\n", "\n");
    }

    /** Returns what the tab key offers at the end of a line. */
    List<String> complete(String line) {
        LineReader reader = (LineReader) session.get(".jline.reader");
        ParsedLine parsed = reader.getParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);
        List<Candidate> candidates = new ArrayList<>();
        ((LineReaderImpl) reader).getCompleter().complete(reader, parsed, candidates);
        // in an open quote the cursor counts the quote, the word does not
        String word = parsed.word()
                .substring(0, Math.min(parsed.wordCursor(), parsed.word().length()));
        return candidates.stream()
                .map(Candidate::value)
                .filter(value -> value.startsWith(word))
                .sorted()
                .toList();
    }

    void currentDirectory(Path directory) {
        session.currentDir(directory);
    }

    @Override
    public void close() {
        session.close();
        factory.stop();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    /** Finds what the bundle's header Karaf-Commands makes the container find. */
    static List<Class<?>> services() throws Exception {
        Path directory = Path.of("target/classes/io/varuna/shell");
        List<Class<?>> services = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.class")) {
            for (Path file : files) {
                Class<?> type = Class.forName(
                        "io.varuna.shell." + file.getFileName().toString().replace(".class", ""));
                if (type.isAnnotationPresent(Service.class)) {
                    services.add(type);
                }
            }
        }
        return services;
    }
}
