package io.varuna.plugin.codec.json;

import io.varuna.api.data.Column;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What values at one place of a record are to be. */
final class Shape {
    /** Only texts for DATETIME depend on the zone, and those are left to the engine, which knows it. */
    private static final Clock UTC = Clock.systemUTC();

    private static final Shape EXACT = new Shape(DataType.ANY, "", true);

    private final DataType type;
    private final String path;
    private final boolean exact;
    private final boolean any;
    private final boolean text;
    private final boolean whole;
    private final boolean wholeAsDouble;
    private final @Nullable Shape element;

    /**
     * Creates a shape.
     *
     * @param path how messages name the value
     * @param exact whether whole numbers of no declared type stay whole
     */
    Shape(DataType type, String path, boolean exact) {
        this.type = type;
        this.path = path;
        this.exact = exact;
        // a pattern and a zone may be needed for a point in time: the engine converts
        this.any = type.kind() == DataType.Kind.ANY || type.kind() == DataType.Kind.TIMESTAMP;
        this.text = any || type.kind() == DataType.Kind.VARCHAR;
        this.whole = any ? exact : type.kind() == DataType.Kind.BIGINT;
        this.wholeAsDouble = any ? !exact : type.kind() == DataType.Kind.DOUBLE;
        this.element = type.element() == null ? null : new Shape(type.element(), path + "[]", exact);
    }

    /** Returns what the values of columns are to be. */
    static List<Shape> of(Schema schema, boolean exact) {
        List<Shape> shapes = new ArrayList<>();
        for (Column column : schema.columns()) {
            shapes.add(new Shape(column.type(), column.name(), exact));
        }
        return shapes;
    }

    boolean takesText() {
        return text;
    }

    boolean takesBoolean() {
        return any || type.kind() == DataType.Kind.BOOLEAN;
    }

    boolean takesWhole() {
        return whole;
    }

    /** Tells whether a whole number becomes a double without more ado. */
    boolean takesWholeAsDouble() {
        return wholeAsDouble;
    }

    boolean takesDouble() {
        return any || type.kind() == DataType.Kind.DOUBLE;
    }

    /** Returns what the elements of an array are to be; values of scalar types are converted as a whole. */
    Shape elements() {
        if (element != null) {
            return element;
        }
        return any ? this : EXACT;
    }

    boolean takesArray() {
        return any || element != null;
    }

    boolean takesObject() {
        return any || type.fields() != null;
    }

    /** Returns the members of objects here: as declared, or whatever they are. */
    Members members(Vocabulary vocabulary) {
        if (element != null) {
            return element.members(vocabulary);
        }
        Schema fields = type.fields();
        if (fields == null) {
            return Members.of(new Schema(List.of()), List.of(), any ? this : EXACT, vocabulary);
        }
        List<Shape> shapes = new ArrayList<>();
        for (Column field : fields.columns()) {
            shapes.add(new Shape(field.type(), path + "." + field.name(), exact));
        }
        Shape other = fields.open() ? new Shape(DataType.ANY, path, exact) : null;
        return Members.of(fields, shapes, other, vocabulary);
    }

    /** Converts what is not of the type, or says that it does not fit. */
    @Nullable
    Object converted(Object value) {
        return Conversions.declared(value, type, path, UTC);
    }
}
