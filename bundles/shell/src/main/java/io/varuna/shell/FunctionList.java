package io.varuna.shell;

import io.varuna.api.manage.FunctionDescription;
import java.io.PrintStream;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

@Service
@Command(scope = "function", name = "list", description = "Lists the functions that statements can call")
public final class FunctionList extends FunctionAction {
    @Argument(name = "word", description = "Lists functions that have this in their name or description")
    @Nullable
    String word;

    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Kind");
        table.column("Description");
        table.emptyTableText(word == null ? "No functions" : "No function has to do with '" + word + "'");
        for (FunctionDescription function : functions.list()) {
            if (word == null || isAbout(function, word.toLowerCase(Locale.ROOT))) {
                table.addRow().addContent(function.name(), function.kind(), function.doc());
            }
        }
        table.print(out);
    }

    private static boolean isAbout(FunctionDescription function, String word) {
        String text = function.name() + " " + String.join(" ", function.aliases()) + " " + function.doc();
        return text.toLowerCase(Locale.ROOT).contains(word);
    }
}
