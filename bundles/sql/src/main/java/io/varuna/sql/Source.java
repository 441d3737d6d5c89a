package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.OuterRow;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Project;
import io.varuna.plan.Scan;
import io.varuna.plan.Scan.ColumnSource;
import io.varuna.plan.Scan.ScanColumn;
import io.varuna.plan.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A member of FROM. Notes which columns are used: these are all that Calcite sees, and all that is decoded. */
final class Source {
    /** The column that is the whole record. */
    static final String RECORD = "$row";

    /** The column that is what the source tells about the record. */
    static final String METADATA = "$meta";

    private final String alias;
    private final Relation relation;
    private final @Nullable WindowSpec window;
    private final Map<String, DataType> used = new LinkedHashMap<>();

    /**
     * Creates the source.
     *
     * @param window of a window table function, otherwise null
     */
    Source(String alias, Relation relation, @Nullable WindowSpec window) {
        this.alias = alias;
        this.relation = relation;
        this.window = window;
    }

    String alias() {
        return alias;
    }

    Relation relation() {
        return relation;
    }

    @Nullable
    WindowSpec window() {
        return window;
    }

    Schema schema() {
        return relation.schema();
    }

    boolean isOpen() {
        return schema().open();
    }

    boolean isStream() {
        return relation.kind() == StreamKind.STREAM;
    }

    boolean isUnnested() {
        return relation instanceof Relation.Unnested;
    }

    boolean isLookupTable() {
        return relation.kind() == StreamKind.LOOKUP_TABLE;
    }

    /** Returns the type of a column, which is used from now on; empty where there is none. */
    Optional<DataType> use(String name) {
        Optional<DataType> type = relation.type(name);
        type.ifPresent(found -> used.putIfAbsent(name, found));
        if (relation instanceof Relation.Gathered gathered) {
            gathered.source().use(name);
        }
        return type;
    }

    boolean has(String name) {
        return relation.type(name).isPresent();
    }

    /** Returns the columns in use, by name. */
    Map<String, DataType> used() {
        return used;
    }

    /** Returns a plan that reads the columns in use. */
    PlanNode plan() {
        List<String> names = List.copyOf(used.keySet());
        if (relation instanceof Relation.Outer) {
            List<Column> columns = new ArrayList<>();
            used.forEach((column, type) -> columns.add(new Column(column, type)));
            return new OuterRow(columns);
        }
        if (relation instanceof Relation.Derived derived) {
            return new Project(derived.plan().root().input(), derived.expressions(names), names);
        }
        String stream = relation instanceof Relation.Declared declared
                ? declared.definition().name()
                : alias;
        List<ScanColumn> columns = new ArrayList<>();
        used.forEach((name, type) -> columns.add(new ScanColumn(
                name,
                type,
                switch (name) {
                    case RECORD -> ColumnSource.RECORD;
                    case METADATA -> ColumnSource.METADATA;
                    default -> ColumnSource.FIELD;
                })));
        return new Scan(stream, alias, columns);
    }
}
