package io.varuna.shell;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

@Service
@Command(
        scope = "plugin",
        name = "install",
        description =
                "Fetches, checks and installs a plugin; rules that wait for it start, others move to it while they run",
        detailedDescription =
                """
                Examples:
                  plugin:install sink mysql varuna-plugin-mysql-1.0.0.zip
                  plugin:install function geo https://plugins.example.org/geo-1.0.0.jar
                """)
public final class PluginInstall extends PluginAction {
    /** One letter is the drive of a Windows path. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    @Option(
            name = "-v",
            aliases = "--verbose",
            description = "Shows, if it cannot be installed, also the container's own words for it")
    boolean verbose;

    @Option(name = "--sha256", description = "What the file must have, as sha256sum prints it")
    String sha256 = "";

    @Argument(name = "kind", description = "source, sink, lookup, codec, connection or function", required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Name of the source, sink, ...", required = true)
    String name = "";

    @Argument(index = 2, name = "file", description = "Path or address of a zip, jar or KAR", required = true)
    @Completion(FileOrUriCompleter.class)
    String file = "";

    @Override
    void run(PrintStream out) {
        PluginKind parsed = PluginKinds.parse(kind);
        PluginChange change = install(new PluginRequest(parsed, name, address(session, file), List.of(), sha256), out);
        out.println("The " + PluginKinds.word(parsed) + " '" + name + "' " + change.to() + " is installed"
                + (change.from().isEmpty() ? "." : ", in the place of " + change.from() + "."));
        PluginChanges.print(change, out);
    }

    /** Returns the address of a file that is typed as a path or as an address. */
    static String address(Session session, String file) {
        return ADDRESS.matcher(file).matches()
                ? file
                : session.currentDir().resolve(file).toUri().toString();
    }

    private PluginChange install(PluginRequest request, PrintStream out) {
        try {
            return plugins.install(request);
        } catch (VarunaException e) {
            if (verbose) {
                Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause)
                        .forEach(out::println);
            }
            throw e;
        }
    }
}
