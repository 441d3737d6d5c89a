package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/** What a query in an expression takes from the row for which it is asked. Grows as the query names columns of it. */
final class OuterColumns {
    /** The name of that row among the sources of the query, which cannot be written. */
    static final String ALIAS = "$outer";

    private final Scope scope;
    private final int item;
    private final ExpressionRewriter expressions;
    private final Source source = new Source(ALIAS, new Relation.Outer(this), null);
    private final List<SqlNode> values = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    /**
     * Creates a row without columns.
     *
     * @param scope that of the expression in which the query stands
     * @param item which aliases can be seen there; see {@link Scope#resolve}
     */
    OuterColumns(Scope scope, int item, ExpressionRewriter expressions) {
        this.scope = scope;
        this.item = item;
        this.expressions = expressions;
    }

    Source source() {
        return source;
    }

    Schema schema() {
        return new Schema(columns, false);
    }

    /** Returns the values of the columns, in terms of the query around. */
    List<SqlNode> values() {
        return List.copyOf(values);
    }

    /** Tells whether the row, or one further out, is of a source with this name. */
    boolean hasSource(String alias) {
        return scope.hasSource(alias);
    }

    /** Returns what a name of the query around stands for, as a column of the row; empty where there is none. */
    Optional<SqlNode> column(SqlIdentifier name) {
        boolean known = name.isSimple() ? scope.has(name.getSimple(), item) : hasSource(name.names.get(0));
        return known
                ? Optional.of(column(name.toString(), expressions.rewrite(name, item), name.getParserPosition()))
                : Optional.empty();
    }

    /** Returns a value as a column of the row. */
    SqlNode column(String name, SqlNode value, SqlParserPos position) {
        int index = 0;
        while (index < values.size() && !values.get(index).equalsDeep(value, Litmus.IGNORE)) {
            index++;
        }
        if (index == values.size()) {
            values.add(value);
            boolean taken = columns.stream().anyMatch(column -> column.name().equals(name));
            columns.add(new Column(taken ? name + "#" + index : name, type(value)));
        }
        String found = columns.get(index).name();
        source.use(found);
        return new SqlIdentifier(List.of(ALIAS, found), null, position, List.of(position, position));
    }

    private DataType type(SqlNode value) {
        return value instanceof SqlIdentifier column ? scope.type(column) : DataType.ANY;
    }
}
