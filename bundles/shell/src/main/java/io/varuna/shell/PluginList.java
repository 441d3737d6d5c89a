package io.varuna.shell;

import io.varuna.api.manage.PluginDescription;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

@Service
@Command(scope = "plugin", name = "list", description = "Lists what installed plugins offer")
public final class PluginList extends PluginAction {
    @Argument(name = "kind", description = "Lists this kind only: source, sink, lookup, codec, connection, function")
    @Completion(PluginKindCompleter.class)
    @Nullable
    String kind;

    @Option(name = "-v", aliases = "--verbose", description = "Also shows who signed it")
    boolean verbose;

    @Override
    void run(PrintStream out) {
        List<PluginDescription> listed = kind == null ? plugins.list() : plugins.list(PluginKinds.parse(kind));
        ShellTable table = new ShellTable();
        table.column("Kind");
        table.column("Name");
        table.column("Version");
        table.column("Plugin");
        if (verbose) {
            table.column("Signer");
        }
        table.emptyTableText("No plugins");
        for (PluginDescription plugin : listed) {
            Row row = table.addRow();
            row.addContent(PluginKinds.word(plugin.kind()), plugin.name(), plugin.version(), plugin.plugin());
            if (verbose) {
                row.addContent(plugin.signer());
            }
        }
        table.print(out);
        listed.stream()
                .filter(plugin -> !plugin.isAdmitted())
                .forEach(plugin -> out.println(PluginKinds.word(plugin.kind()) + " " + plugin.name()
                        + " is refused, and not used: " + plugin.refusal()));
    }
}
