package io.varuna.shell;

import io.varuna.api.manage.PluginKind;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "plugin",
        name = "remove",
        description = "Removes a plugin; rules that use it wait until it returns",
        detailedDescription =
                """
                Example:
                  plugin:remove sink mysql
                """)
public final class PluginRemove extends PluginAction {
    @Argument(name = "kind", description = "source, sink, lookup, codec, connection or function", required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Name of the source, sink, ...", required = true)
    @Completion(PluginNameCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        PluginKind parsed = PluginKinds.parse(kind);
        plugins.remove(parsed, name);
        out.println("The " + PluginKinds.word(parsed) + " '" + name + "' is removed.");
    }
}
