package io.varuna.shell;

import io.varuna.api.manage.RuleSummary;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

@Service
@Command(scope = "rule", name = "list", description = "Lists the rules with their states")
public final class RuleList extends RuleAction {
    @Option(name = "-t", aliases = "--tag", description = "Lists rules with this tag only")
    @Nullable
    String tag;

    @Override
    void run(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("State");
        table.column("Version");
        table.column("Tags");
        table.column("Remark");
        table.emptyTableText(tag == null ? "No rules" : "No rules with the tag '" + tag + "'");
        for (RuleSummary rule : rules.list()) {
            if (tag == null || rule.tags().contains(tag)) {
                table.addRow()
                        .addContent(
                                rule.id(),
                                rule.state().text(),
                                rule.version(),
                                String.join(", ", rule.tags()),
                                rule.message().lines().findFirst().orElse(""));
            }
        }
        table.print(out);
    }
}
