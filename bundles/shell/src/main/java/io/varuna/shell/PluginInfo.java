package io.varuna.shell;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyDescription;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

@Service
@Command(
        scope = "plugin",
        name = "info",
        description = "Shows the properties that a source, sink, ... takes",
        detailedDescription = """
                Example:
                  plugin:info sink mysql
                """)
public final class PluginInfo extends PluginAction {
    @Argument(name = "kind", description = "source, sink, lookup, codec, connection or function", required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Its name", required = true)
    @Completion(PluginNameCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        PluginDescription plugin = plugins.get(PluginKinds.parse(kind), name);
        out.println(PluginKinds.word(plugin.kind()) + " " + plugin.name() + " " + plugin.version() + ", offered by "
                + plugin.plugin() + (plugin.signer().isEmpty() ? "" : ", signed by " + plugin.signer()));
        if (!plugin.isAdmitted()) {
            out.println("It is refused, and not used: " + plugin.refusal());
            return;
        }
        if (plugin.kind() == PluginKind.FUNCTION) {
            out.println("Functions: " + String.join(", ", plugin.functions()));
            return;
        }
        out.println();
        ShellTable table = new ShellTable();
        table.column("Property");
        table.column("Type");
        table.column("Default");
        table.column("Description");
        table.emptyTableText("It takes no properties");
        for (PropertyDescription property : plugin.properties()) {
            table.addRow()
                    .addContent(
                            property.name(),
                            property.type(),
                            property.required() ? "(required)" : property.defaultValue(),
                            property.description());
        }
        table.print(out);
    }
}
