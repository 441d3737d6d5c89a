package io.varuna.shell;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

@Service
@Command(
        scope = "plugin",
        name = "profiles",
        description = "Lists named properties that streams and actions can use, and where they come from")
public final class PluginProfiles extends PluginAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    ProfileService profiles;

    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Kind");
        table.column("Type");
        table.column("Name");
        table.column("From");
        // values may be secret
        table.column("Properties");
        table.emptyTableText("No profiles");
        for (PluginKind kind : PluginKind.values()) {
            for (PropertyProfile profile : profiles.list(kind)) {
                table.addRow()
                        .addContent(
                                PluginKinds.word(kind),
                                profile.type(),
                                profile.name(),
                                profile.plugin().isEmpty() ? "etc/" : "plugin " + profile.plugin(),
                                String.join(", ", profile.properties().keySet()));
            }
        }
        table.print(out);
    }
}
