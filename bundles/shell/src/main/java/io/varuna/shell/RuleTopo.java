package io.varuna.shell;

import io.varuna.api.manage.RuleTopology;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "rule", name = "topo", description = "Shows the steps that records of a rule pass")
public final class RuleTopo extends RuleAction {
    @Argument(name = "id", description = "Id of the rule", required = true)
    @Completion(RuleCompleter.class)
    String id = "";

    @Override
    void run(PrintStream out) {
        RuleTopology topology = rules.topology(id);
        Set<String> shown = new LinkedHashSet<>();
        for (String source : topology.sources()) {
            print(out, topology, source, 0, shown);
        }
    }

    /** Steps that several others lead to are followed up once only. */
    private static void print(PrintStream out, RuleTopology topology, String step, int depth, Set<String> shown) {
        boolean first = shown.add(step);
        List<String> next = topology.edges().getOrDefault(step, List.of());
        out.println("  ".repeat(depth) + step + (first || next.isEmpty() ? "" : " (see above)"));
        if (first) {
            next.forEach(follower -> print(out, topology, follower, depth + 1, shown));
        }
    }
}
