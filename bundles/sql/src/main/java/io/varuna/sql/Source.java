package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.WindowSpec;
import java.util.LinkedHashMap;
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

    boolean isLookupTable() {
        return relation.kind() == StreamKind.LOOKUP_TABLE;
    }

    /** Returns the type of a column, which is used from now on; empty where there is none. */
    Optional<DataType> use(String name) {
        Optional<DataType> type = relation.type(name);
        type.ifPresent(found -> used.putIfAbsent(name, found));
        return type;
    }

    boolean has(String name) {
        return relation.type(name).isPresent();
    }

    /** Returns the columns in use, by name. */
    Map<String, DataType> used() {
        return used;
    }
}
