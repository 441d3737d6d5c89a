package io.varuna.launcher;

import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Entry point of the scripts in bin/. Before it starts the container it checks what would leave the container half
 * alive: a port that is taken, a directory that another process works on or that cannot be written.
 */
public final class Launcher {
    private static final int REFUSED = 1;
    private static final int USAGE = 2;
    private static final int NOT_RUNNING = 3;
    private static final int NOT_ANSWERING = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String HELP =
            """
            varuna            starts Varuna with its shell in this terminal; as a server where there is none
            varuna shell      starts Varuna with its shell, which then reads commands from a file or a pipe, too
            varuna server     starts Varuna in the foreground, with its log in the terminal
            varuna demo       the same, with an example stream and rule when there are none yet
            varuna status     tells whether Varuna runs (exit code 0: yes, 3: no, 4: yes, but REST does not answer)
            varuna stop       stops it and waits for its end
            varuna archive    makes later starts quicker: keeps what Java has made of the classes in lib/classes.jsa
            varuna version    prints the version
            varuna help       prints this

            JAVA_HOME      Java to use, 17 or later
            JAVA_OPTS      options for the Java virtual machine, after those of etc/jvm.options
            VARUNA_PROFILE small: less memory and a quicker start, slower rules (etc/jvm-small.options)
            VARUNA_DATA    bundle cache, log and temporary files (data)
            VARUNA_STORE   streams, rules and state (store)
            VARUNA_HOST    address that REST listens on (127.0.0.1)
            VARUNA_PORT    port of REST (9081)
            """;

    private final Installation installation;
    private final Container container;

    private Launcher(Installation installation) {
        this.installation = installation;
        this.container = new Container(installation);
    }

    public static void main(String[] arguments) {
        var installation = Installation.at(Path.of(System.getProperty("varuna.home", ".")), System.getenv());
        int exitCode;
        try {
            exitCode = new Launcher(installation).run(List.of(arguments));
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            exitCode = REFUSED;
        } catch (Exception e) {
            // threads of the framework may run already: without an exit the process would stay
            System.err.println("Varuna on '" + installation.home() + "' ends because of a fault in the container:");
            e.printStackTrace();
            exitCode = REFUSED;
        }
        System.exit(exitCode);
    }

    private int run(List<String> arguments) throws Exception {
        String command = arguments.isEmpty() ? usual() : arguments.get(0);
        if (arguments.size() > 1) {
            return usage("'" + command + "' takes nothing after it, but got '" + arguments.get(1) + "'.");
        }
        return switch (command) {
            case "shell" -> start(true);
            case "server" -> start(false);
            case "demo" -> {
                System.setProperty(
                        "varuna.init", installation.etc().resolve("demo.json").toString());
                System.out.print(invitation(RestAddress.configured(installation.etc())));
                yield start(false);
            }
            case "status" -> status();
            case "stop" -> stop();
            case "archive" -> archive();
            case "version", "--version" -> {
                System.out.println("Varuna " + version());
                yield 0;
            }
            case "help", "--help", "-h" -> {
                System.out.print(HELP);
                yield 0;
            }
            default -> usage("'" + command + "' is unknown.");
        };
    }

    /** Started by a script, a shell would take the end of its input for the wish to stop, and prompt nobody. */
    private static String usual() {
        if (hasTerminal()) {
            return "shell";
        }
        System.out.println("There is no terminal, so there is no shell: 'varuna shell' starts it all the same.");
        return "server";
    }

    @SuppressWarnings("SystemConsoleNull") // newer versions of Java have a console everywhere, which tells
    private static boolean hasTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            // before Java 22 there is a console only if there is a terminal
            return true;
        }
    }

    /** Gives this thread to the container until it is stopped; returns the exit code. */
    private int start(boolean shell) throws Exception {
        installation.create();
        RestAddress address = RestAddress.configured(installation.etc());
        if (container.isRunning()) {
            throw new Refusal("Varuna already runs on " + container.description()
                    + ". Stop it with 'varuna stop', or start a second one with a VARUNA_DATA, VARUNA_STORE and"
                    + " VARUNA_PORT of its own.");
        }
        address.checkFree();
        try (var store = installation.lockStore()) {
            return run(shell, address);
        }
    }

    private int run(boolean shell, RestAddress address) throws Exception {
        installation.properties().forEach(System::setProperty);
        System.setProperty("karaf.startLocalConsole", String.valueOf(shell));
        System.setProperty("karaf.startRemoteShell", "true");
        if (!shell) {
            System.setProperty("karaf.log.console", "INFO");
            System.out.println("Varuna " + version() + " starts; REST answers at " + address.url()
                    + ", the console is at " + address.url() + "/console/");
        }
        return new Framework().run();
    }

    private int status() throws Refusal {
        if (!container.isRunning()) {
            System.out.println("Varuna does not run on " + container.description() + ".");
            return NOT_RUNNING;
        }
        RestAddress address = RestAddress.configured(installation.etc());
        if (!Container.accepts(address)) {
            System.out.println("Varuna runs on " + container.description() + ", but REST does not answer at "
                    + address.url() + ".");
            return NOT_ANSWERING;
        }
        System.out.println("Varuna runs on " + container.description() + "; REST answers at " + address.url() + ".");
        return 0;
    }

    private int stop() throws Refusal, InterruptedException {
        if (!container.isRunning()) {
            System.out.println("Varuna does not run on " + container.description() + ".");
            return NOT_RUNNING;
        }
        String description = container.description();
        container.stop(PATIENCE);
        System.out.println("Varuna on " + description + " has stopped.");
        return 0;
    }

    private int archive() throws Exception {
        var archive = new ClassArchive(installation);
        System.out.println("Varuna " + version() + " is started twice to see which classes it needs. That takes some"
                + " twenty seconds.");
        archive.write();
        System.out.println("Starts use '" + archive.file() + "' ("
                + Files.size(archive.file()) / 1_000_000
                + " MB) from now on. Write it again when Java or Varuna has changed;"
                + " delete it to do without.");
        return 0;
    }

    private static String invitation(RestAddress address) {
        return """
                Simulated thermometers send a reading each second (stream 'demo'); rule 'demo_mean' takes the mean of each
                over five seconds, and its action writes it to the log, which you see below. Look at them in a browser at
                %1$s/console/, or in another terminal:

                  curl %1$s/rules/demo_mean/status
                  curl -X POST %1$s/rules -d '{"id": "warm", "sql": "SELECT * FROM demo WHERE temperature > 25", "actions": [{"log": {}}]}'
                  curl -X DELETE %1$s/rules/warm

                Press Ctrl+C to stop.

                """
                .formatted(address.url());
    }

    private static int usage(String problem) {
        System.err.println(problem + " It takes:");
        System.err.print(HELP);
        return USAGE;
    }

    private static String version() {
        String version = Launcher.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
