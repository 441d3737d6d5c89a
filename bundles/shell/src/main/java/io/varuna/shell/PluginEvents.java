package io.varuna.shell;

import io.varuna.api.manage.PluginEvent;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

@Service
@Command(scope = "plugin", name = "events", description = "Lists what happened to plugins, the latest first")
public final class PluginEvents extends PluginAction {
    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Time");
        table.column("Event");
        table.column("Plugin");
        table.column("Remark");
        table.emptyTableText("Nothing yet");
        for (PluginEvent event : plugins.events()) {
            table.addRow()
                    .addContent(
                            Instant.ofEpochMilli(event.time()).truncatedTo(ChronoUnit.SECONDS),
                            event.what().name().toLowerCase(Locale.ROOT),
                            event.plugin(),
                            event.message());
        }
        table.print(out);
    }
}
