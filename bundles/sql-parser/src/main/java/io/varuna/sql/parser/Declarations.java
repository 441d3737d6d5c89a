package io.varuna.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a CREATE statement of the nodes the generated parser knows. */
public final class Declarations {
    private Declarations() {}

    public static Declaration.Name name(SqlIdentifier identifier) {
        return new Declaration.Name(identifier.getSimple(), Place.of(identifier.getParserPosition()));
    }

    public static Declaration.Column column(SqlIdentifier name, Declaration.Type type, @Nullable SqlNode defaultValue) {
        return new Declaration.Column(name(name), type, defaultValue == null ? null : value(defaultValue));
    }

    public static Declaration.Option option(SqlIdentifier name, SqlNode value) {
        return new Declaration.Option(name(name), value(value));
    }

    public static Declaration.Type simple(SqlIdentifier name) {
        return new Declaration.Type(name(name), null, null);
    }

    public static Declaration.Type array(SqlIdentifier name, Declaration.Type element) {
        return new Declaration.Type(name(name), element, null);
    }

    public static Declaration.Type struct(SqlIdentifier name, List<Declaration.Column> members) {
        return new Declaration.Type(name(name), null, List.copyOf(members));
    }

    private static Declaration.Value value(SqlNode node) {
        Place place = Place.of(node.getParserPosition());
        if (!(node instanceof SqlLiteral literal) || !isSimple(literal)) {
            throw new SyntaxException("A text, a number, TRUE or FALSE is needed here", place);
        }
        Object value = literal.getValue();
        return new Declaration.Value(value instanceof NlsString text ? text.getValue() : value, place);
    }

    private static boolean isSimple(SqlLiteral literal) {
        SqlTypeName type = literal.getTypeName();
        return type == SqlTypeName.CHAR
                || type == SqlTypeName.BOOLEAN
                || type == SqlTypeName.NULL
                || SqlTypeName.NUMERIC_TYPES.contains(type);
    }
}
