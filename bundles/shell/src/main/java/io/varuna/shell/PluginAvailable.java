package io.varuna.shell;

import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginDescription;
import java.io.PrintStream;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "plugin",
        name = "available",
        description = "Lists what catalogues have",
        detailedDescription = """
                Example:
                  plugin:available geo
                """)
public final class PluginAvailable extends PluginAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    CatalogService catalogs;

    @Argument(name = "word", description = "Lists those only that have to do with this")
    @Nullable
    String word;

    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Version");
        table.column("Offers");
        table.column("KB").alignRight();
        table.column("Signed by");
        table.column("Remark");
        table.emptyTableText("No plugins");
        catalogs.list().stream().filter(this::isWanted).forEach(plugin -> table.addRow()
                .addContent(
                        plugin.name(),
                        plugin.version(),
                        offers(plugin),
                        plugin.bytes() / 1024,
                        plugin.signer(),
                        remark(plugin)));
        table.print(out);
    }

    private boolean isWanted(AvailablePlugin plugin) {
        if (word == null) {
            return true;
        }
        String searched = plugin.name() + " " + plugin.description() + " " + plugin.offers() + " " + plugin.functions();
        return searched.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private static String offers(AvailablePlugin plugin) {
        return new TreeMap<>(plugin.offers())
                .entrySet().stream()
                        .map(offer -> PluginKinds.word(offer.getKey()) + " " + String.join(", ", offer.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private String remark(AvailablePlugin plugin) {
        return plugins.list().stream()
                .filter(installed -> installed.plugin().equals(plugin.name()))
                .map(PluginDescription::version)
                .findFirst()
                .filter(plugin.version()::equals)
                .map(version -> "installed")
                .orElse(plugin.obstacle());
    }
}
