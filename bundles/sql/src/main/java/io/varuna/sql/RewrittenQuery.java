package io.varuna.sql;

import io.varuna.plan.Dialect;
import io.varuna.plan.Output.Presence;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * A query in terms of Calcite and of opaque operators.
 *
 * @param items the columns of its result, in order
 * @param windowValues whether columns of the window are used
 */
record RewrittenQuery(Dialect dialect, SqlNode node, List<Source> sources, List<Item> items, boolean windowValues) {
    /** A column of the result. */
    record Item(String name, Presence presence) {}
}
