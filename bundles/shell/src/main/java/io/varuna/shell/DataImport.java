package io.varuna.shell;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;

@Service
@Command(
        scope = "data",
        name = "import",
        description = "Makes all that is configured what a file says that data:export wrote, or nothing")
public final class DataImport extends DataAction {
    @Option(name = "-p", aliases = "--partial", description = "Only adds and replaces, as far as that can be done")
    boolean partial;

    @Argument(name = "file", description = "File to read", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Override
    void run(PrintStream out) throws CommandException {
        String document = Texts.read(session, file);
        Map<String, String> refused = new LinkedHashMap<>();
        (partial ? data.add(document) : data.replace(document))
                .forEach((section, reasons) ->
                        reasons.forEach((name, reason) -> refused.put(section + " " + name, reason)));
        Texts.checkImported(refused, partial ? "The rest is imported, but not" : "Nothing was imported, because of");
        out.println("All is imported.");
    }
}
