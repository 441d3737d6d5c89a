package io.varuna.shell;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "plugin",
        name = "impact",
        description = "Shows what an installation, upgrade or removal would do to rules",
        detailedDescription =
                """
                Examples:
                  plugin:impact sink mysql                                   if it were removed
                  plugin:impact sink mysql varuna-plugin-mysql-1.1.0.zip     if this were installed
                """)
public final class PluginImpact extends PluginAction {
    @Argument(name = "kind", description = "source, sink, lookup, codec, connection or function", required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Name of the source, sink, ...", required = true)
    @Completion(PluginNameCompleter.class)
    String name = "";

    @Argument(index = 2, name = "file", description = "Path or address of a zip, jar or KAR; without it, the removal")
    @Completion(FileOrUriCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) {
        PluginKind parsed = PluginKinds.parse(kind);
        PluginChange change = file == null
                ? plugins.previewRemoval(parsed, name)
                : plugins.previewInstall(
                        new PluginRequest(parsed, name, PluginInstall.address(session, file), List.of()));
        out.println("Plugin '" + change.plugin() + "' would " + sentence(change));
        PluginChanges.print(change, out);
    }

    private static String sentence(PluginChange change) {
        if (change.to().isEmpty()) {
            return "be gone; now it is " + change.from() + ".";
        }
        String now = change.from().isEmpty() ? "; now it is not there." : "; now it is " + change.from() + ".";
        return "be " + change.to() + now;
    }
}
