package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.WindowSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream or table in FROM. Notes which columns are used: these are all that Calcite sees, and all that is decoded. */
final class Source {
    /** The column that is the whole record. */
    static final String RECORD = "$row";

    /** The column that is what the source tells about the record. */
    static final String METADATA = "$meta";

    private final String alias;
    private final StreamDefinition definition;
    private final @Nullable WindowSpec window;
    private final Map<String, DataType> used = new LinkedHashMap<>();

    /**
     * Creates the source.
     *
     * @param window of a window table function, otherwise null
     */
    Source(String alias, StreamDefinition definition, @Nullable WindowSpec window) {
        this.alias = alias;
        this.definition = definition;
        this.window = window;
    }

    String alias() {
        return alias;
    }

    StreamDefinition definition() {
        return definition;
    }

    @Nullable
    WindowSpec window() {
        return window;
    }

    boolean isOpen() {
        return definition.schema().open();
    }

    /** Returns the type of a column, which is used from now on; empty where there is none. */
    Optional<DataType> use(String name) {
        Optional<DataType> type = type(name);
        type.ifPresent(found -> used.putIfAbsent(name, found));
        return type;
    }

    boolean has(String name) {
        return type(name).isPresent();
    }

    private Optional<DataType> type(String name) {
        Schema schema = definition.schema();
        if (name.equals(RECORD)) {
            return Optional.of(DataType.struct(schema));
        }
        if (name.equals(METADATA)) {
            return Optional.of(DataType.struct(Schema.OPEN));
        }
        int index = schema.indexOf(name);
        if (index >= 0) {
            return Optional.of(schema.columns().get(index).type());
        }
        return schema.open() ? Optional.of(DataType.ANY) : Optional.empty();
    }

    /** Returns the columns in use, by name. */
    Map<String, DataType> used() {
        return used;
    }
}
