package io.varuna.shell;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "plugin",
        name = "remove",
        description = "Removes a plugin; by force if rules use it, which wait until it returns",
        detailedDescription =
                """
                Examples:
                  plugin:remove sink mysql
                  plugin:remove --force sink mysql
                """)
public final class PluginRemove extends PluginAction {
    @Argument(name = "kind", description = "source, sink, lookup, codec, connection or function", required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Name of the source, sink, ...", required = true)
    @Completion(PluginNameCompleter.class)
    String name = "";

    @Option(name = "-f", aliases = "--force", description = "Removes it though rules use it")
    boolean force;

    @Override
    void run(PrintStream out) {
        PluginKind parsed = PluginKinds.parse(kind);
        PluginChange change = plugins.remove(parsed, name, force);
        out.println("The " + PluginKinds.word(parsed) + " '" + name + "' is removed.");
        PluginChanges.print(change, out);
    }
}
