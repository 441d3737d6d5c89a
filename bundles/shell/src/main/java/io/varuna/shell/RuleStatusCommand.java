package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleSummary;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "rule",
        name = "status",
        description = "Shows how a rule is doing, with the figures of its steps; without an id, all rules in brief",
        detailedDescription =
                """
                Examples:
                  rule:status
                  rule:status -w ruleTest
                """)
public final class RuleStatusCommand extends RuleAction {
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    @Argument(name = "id", description = "Id of the rule")
    @Completion(RuleCompleter.class)
    @Nullable
    String id;

    @Option(name = "-w", aliases = "--watch", description = "Shows it again every second, until Ctrl-C")
    boolean watch;

    @Override
    void run(PrintStream out) {
        if (!watch) {
            print(out);
            return;
        }
        // never counted down: Ctrl-C interrupts the wait
        CountDownLatch interrupted = new CountDownLatch(1);
        try {
            do {
                out.print(CLEAR_SCREEN);
                print(out);
                out.flush();
            } while (!interrupted.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            out.println();
        }
    }

    private void print(PrintStream out) {
        if (id == null) {
            printAll(out);
            return;
        }
        new RuleStatusTable(rules.status(id), ZoneId.systemDefault()).print(out, id);
    }

    private void printAll(PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Id");
        table.column("State");
        table.column("In").alignRight();
        table.column("Out").alignRight();
        table.column("Errors").alignRight();
        table.emptyTableText("No rules");
        for (RuleSummary rule : rules.list()) {
            try {
                RuleStatusTable status = new RuleStatusTable(rules.status(rule.id()), ZoneId.systemDefault());
                table.addRow()
                        .addContent(
                                rule.id(),
                                rule.state().text(),
                                status.sum("source_", "records_in_total"),
                                status.sum("sink_", "records_out_total"),
                                status.sum("", "exceptions_total"));
            } catch (VarunaException e) {
                // a rule that was dropped since the list was made is no error of the others
                if (e.code() != StandardError.RULE_NOT_FOUND) {
                    throw e;
                }
            }
        }
        table.print(out);
    }
}
