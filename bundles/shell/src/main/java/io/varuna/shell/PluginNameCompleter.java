package io.varuna.shell;

import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginService;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of what plugins offer, of the kind that was typed before. */
@Service
public final class PluginNameCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    PluginService plugins;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(
                        named(commandLine).map(PluginDescription::name).toList())
                .complete(session, commandLine, candidates);
    }

    private Stream<PluginDescription> named(CommandLine commandLine) {
        List<String> typed = Arrays.asList(commandLine.getArguments());
        return plugins.list().stream()
                .filter(plugin -> typed.contains(PluginKinds.word(plugin.kind()))
                        || typed.contains(plugin.kind().plural()));
    }
}
