package io.varuna.shell;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "plugin",
        name = "rollback",
        description = "Returns to the version before the last upgrade; rules move to it while they run",
        detailedDescription =
                """
                Example:
                  plugin:rollback sink mysql
                """)
public final class PluginRollback extends PluginAction {
    @Argument(name = "kind", description = "source, sink, lookup, codec, connection or function", required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Name of the source, sink, ...", required = true)
    @Completion(PluginNameCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        PluginKind parsed = PluginKinds.parse(kind);
        PluginChange change = plugins.rollback(parsed, name);
        out.println("The " + PluginKinds.word(parsed) + " '" + name + "' is " + change.to() + " again, in the place of "
                + change.from() + ".");
        PluginChanges.print(change, out);
    }
}
