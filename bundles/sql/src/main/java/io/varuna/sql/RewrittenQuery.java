package io.varuna.sql;

import io.varuna.plan.Dialect;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.RulePlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/**
 * A query in terms of Calcite and of opaque operators.
 *
 * @param items the columns of its result, in order
 * @param windowValues whether columns of the window are used
 * @param subplans the queries in its expressions
 * @param gathered what these look at
 */
record RewrittenQuery(
        Dialect dialect,
        SqlNode node,
        List<Source> sources,
        List<Item> items,
        boolean windowValues,
        List<RulePlan> subplans,
        List<Gathering.Gathered> gathered) {
    /** A column of the result. */
    record Item(String name, Presence presence) {}

    /** Returns the streams and tables that are read, each once. */
    List<String> streams() {
        Set<String> streams = new LinkedHashSet<>();
        for (Source source : read()) {
            if (source.relation() instanceof Relation.Declared declared) {
                streams.add(declared.definition().name());
            }
        }
        parts().forEach(plan -> streams.addAll(plan.streams()));
        return List.copyOf(streams);
    }

    /** Returns the functions of plugins that queries in this one call. */
    Set<String> functionsOfParts() {
        Set<String> functions = new LinkedHashSet<>();
        parts().forEach(plan -> functions.addAll(plan.functions()));
        return functions;
    }

    private List<Source> read() {
        List<Source> read = new ArrayList<>(sources);
        gathered.forEach(other -> read.add(other.source()));
        return read;
    }

    private List<RulePlan> parts() {
        List<RulePlan> parts = new ArrayList<>(subplans);
        for (Source source : read()) {
            if (source.relation() instanceof Relation.Derived derived) {
                parts.add(derived.plan());
            }
        }
        return parts;
    }
}
