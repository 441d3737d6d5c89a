package io.varuna.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "data",
        name = "export",
        description =
                "Writes all that is configured into a file, or shows it: streams, tables, rules, the names of plugins,"
                        + " named properties and uploaded files")
public final class DataExport extends DataAction {
    @Option(name = "-r", aliases = "--rule", description = "Only this rule and what it needs", multiValued = true)
    @Completion(RuleCompleter.class)
    List<String> rules = List.of();

    @Option(
            name = "-s",
            aliases = "--secrets",
            description = "With the secrets of named properties, which are hidden else")
    boolean secrets;

    @Argument(name = "file", description = "File to write")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) throws CommandException {
        Texts.showOrWrite(session, out, rules.isEmpty() ? data.export(secrets) : data.export(rules, secrets), file);
    }
}
