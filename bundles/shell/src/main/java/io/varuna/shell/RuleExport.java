package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "rule",
        name = "export",
        description = "Writes all streams, tables and rules into a file, or shows them")
public final class RuleExport extends RuleAction {
    @Argument(name = "file", description = "File to write")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) throws CommandException {
        Texts.showOrWrite(session, out, rules.exportRuleset(), file);
    }
}
