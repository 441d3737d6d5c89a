package io.varuna.shell;

import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.RuleEffect;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.apache.karaf.shell.support.table.ShellTable;

/** Shows what a change of a plugin does to rules. */
final class PluginChanges {
    private static final double NANOS_PER_MILLI = 1_000_000;

    private PluginChanges() {}

    /** Prints remarks, and a table of the rules, if there are any. */
    static void print(PluginChange change, PrintStream out) {
        change.remarks().forEach(out::println);
        if (!change.refreshed().isEmpty()) {
            out.println("Stopped and started with it: " + String.join(", ", change.refreshed()));
        }
        if (change.rules().isEmpty()) {
            return;
        }
        out.println();
        ShellTable table = new ShellTable();
        table.column("Rule");
        table.column("Reaction");
        table.column("Stood still");
        table.column("Remark");
        for (RuleEffect effect : change.rules()) {
            table.addRow()
                    .addContent(
                            effect.rule(),
                            effect.reaction().name().toLowerCase(Locale.ROOT),
                            effect.pause().isZero() ? "" : millis(effect.pause()),
                            effect.message());
        }
        table.print(out);
    }

    private static String millis(Duration pause) {
        return String.format(Locale.ROOT, "%.1f ms", pause.toNanos() / NANOS_PER_MILLI);
    }
}
