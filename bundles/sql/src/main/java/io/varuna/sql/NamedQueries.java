package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.RulePlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** The queries that WITH names. Each sees those before it, and goes before a stream of its name. */
final class NamedQueries {
    static final NamedQueries NONE = new NamedQueries(Map.of());

    private final Map<String, NamedQuery> queries;

    private NamedQueries(Map<String, NamedQuery> queries) {
        this.queries = queries;
    }

    /** A query with a name; compiled anew for each place that reads it, as each runs for itself. */
    static final class NamedQuery {
        private final Supplier<RulePlan> compiling;
        private final @Nullable SqlNodeList columns;
        private boolean compiled;

        private NamedQuery(RulePlan plan) {
            this.compiling = () -> plan;
            this.columns = null;
            this.compiled = true;
        }

        private NamedQuery(SqlWithItem item, NamedQueries before, QueryCompiler compiler) {
            this.compiling = () -> compiler.compile(item.query, before, null);
            this.columns = item.columnList;
        }

        RulePlan plan() {
            compiled = true;
            return compiling.get();
        }

        /** Returns the names that WITH gives the columns, or null. */
        @Nullable
        SqlNodeList columns() {
            return columns;
        }
    }

    /** Returns these queries and those of a WITH. */
    NamedQueries and(SqlWith with, QueryCompiler compiler, StatementText text) {
        NamedQueries all = this;
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (item.recursive.booleanValue()) {
                throw text.error(
                        StandardError.UNSUPPORTED, "RECURSIVE is not supported: a query cannot read itself", item.name);
            }
            String name = item.name.getSimple();
            if (all.queries.containsKey(name) && !queries.containsKey(name)) {
                throw text.error(
                        StandardError.COLUMN_AMBIGUOUS, "WITH has two queries with the name '" + name + "'", item.name);
            }
            Map<String, NamedQuery> more = new LinkedHashMap<>(all.queries);
            more.put(name, new NamedQuery(item, all, compiler));
            all = new NamedQueries(more);
        }
        return all;
    }

    /** Returns these queries and one that is compiled. */
    NamedQueries and(String name, RulePlan plan) {
        Map<String, NamedQuery> more = new LinkedHashMap<>(queries);
        more.put(name, new NamedQuery(plan));
        return new NamedQueries(more);
    }

    Optional<NamedQuery> get(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    Collection<String> names() {
        return queries.keySet();
    }

    /** Compiles the queries that nobody has read so far, but for those that were there before. */
    void compileUnused(NamedQueries before) {
        queries.forEach((name, query) -> {
            if (!query.compiled && !query.equals(before.queries.get(name))) {
                query.plan();
            }
        });
    }
}
