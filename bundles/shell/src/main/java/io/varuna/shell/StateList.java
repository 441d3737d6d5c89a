package io.varuna.shell;

import io.varuna.api.data.Conversions;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

@Service
@Command(scope = "state", name = "list", description = "Lists the values that all rules share")
public final class StateList extends StateAction {
    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Key");
        table.column("Value");
        table.emptyTableText("No values");
        for (String key : state.keys()) {
            // one may have been removed meanwhile
            state.get(key).ifPresent(value -> table.addRow().addContent(key, Conversions.toText(value)));
        }
        table.print(out);
    }
}
