package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileOrUriCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "plugin",
        name = "install",
        description =
                "Fetches, checks and installs a plugin; rules that wait for it start, others move to it while they run",
        detailedDescription =
                """
                Examples:
                  plugin:install sink mysql varuna-plugin-mysql-1.0.0.zip
                  plugin:install geo
                  plugin:install function geo https://plugins.example.org/geo-1.0.0.jar
                """)
public final class PluginInstall extends PluginAction {
    /** One letter is the drive of a Windows path. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    @Option(
            name = "-v",
            aliases = "--verbose",
            description = "Shows, if it cannot be installed, also the container's own words for it")
    boolean verbose;

    @Option(name = "--sha256", description = "What the file must have, as sha256sum prints it")
    String sha256 = "";

    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    CatalogService catalogs;

    @Argument(
            name = "kind",
            description =
                    "source, sink, lookup, codec, connection or function; or the name of a plugin in a catalogue, with"
                            + " nothing else",
            required = true)
    @Completion(PluginKindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "Name of the source, sink, ...")
    @Nullable
    String name;

    @Argument(
            index = 2,
            name = "file",
            description = "Path or address of a zip, jar or KAR; without it the best in the catalogues is taken")
    @Completion(FileOrUriCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) {
        PluginRequest request = name == null ? fromCatalog(kind) : asTyped(name);
        PluginChange change = install(request, out);
        out.println("The " + PluginKinds.word(request.kind()) + " '" + request.name() + "' " + change.to()
                + " is installed" + (change.from().isEmpty() ? "." : ", in the place of " + change.from() + "."));
        PluginChanges.print(change, out);
    }

    private PluginRequest asTyped(String offered) {
        String address = file == null ? "" : address(session, file);
        return new PluginRequest(PluginKinds.parse(kind), offered, address, List.of(), sha256);
    }

    /** Takes what a plugin offers first to ask for all of it. */
    private PluginRequest fromCatalog(String plugin) {
        List<AvailablePlugin> known = catalogs.list();
        AvailablePlugin chosen = known.stream()
                .filter(candidate -> candidate.name().equals(plugin))
                .min(Comparator.comparing(candidate -> !candidate.fits()))
                .orElseThrow(() -> new VarunaException(
                        StandardError.PLUGIN_NOT_FOUND,
                        "No catalogue has a plugin '" + plugin + "'"
                                + Texts.instead(
                                        plugin,
                                        known.stream()
                                                .map(AvailablePlugin::name)
                                                .toList())));
        Map.Entry<PluginKind, List<String>> offer = new TreeMap<>(chosen.offers()).firstEntry();
        return new PluginRequest(offer.getKey(), offer.getValue().get(0), chosen.address(), List.of(), sha256);
    }

    /** Returns the address of a file that is typed as a path or as an address. */
    static String address(Session session, String file) {
        return ADDRESS.matcher(file).matches()
                ? file
                : session.currentDir().resolve(file).toUri().toString();
    }

    private PluginChange install(PluginRequest request, PrintStream out) {
        try {
            return plugins.install(request);
        } catch (VarunaException e) {
            if (verbose) {
                Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause)
                        .forEach(out::println);
            }
            throw e;
        }
    }
}
