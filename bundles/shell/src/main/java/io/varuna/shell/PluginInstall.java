package io.varuna.shell;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;

@Service
@Command(
        scope = "plugin",
        name = "install",
        description = "Fetches, checks and installs a plugin; rules that wait for it start",
        detailedDescription =
                """
                Examples:
                  plugin:install sink mysql varuna-plugin-mysql-1.0.0.zip
                  plugin:install function geo https://plugins.example.org/geo-1.0.0.jar
                """)
public final class PluginInstall extends PluginAction {
    /** One letter is the drive of a Windows path. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

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
        String address = ADDRESS.matcher(file).matches()
                ? file
                : session.currentDir().resolve(file).toUri().toString();
        PluginDescription plugin =
                plugins.install(new PluginRequest(PluginKinds.parse(kind), name, address, List.of()));
        out.println("The " + PluginKinds.word(plugin.kind()) + " '" + plugin.name() + "' " + plugin.version()
                + " is installed.");
    }
}
