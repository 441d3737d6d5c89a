package io.varuna.itests.rules.kuiper;

import io.varuna.itests.rules.kuiper.Marked.UnknownMarkException;
import io.varuna.testkit.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the cases give as a syntax tree. */
final class Syntax {
    private static final List<String> UNITS = List.of("DD", "HH", "MI", "SS", "MS");
    private static final Map<String, String> TYPES = Map.of("STRINGS", "STRING");

    private Syntax() {}

    static String literal(@Nullable Object value) {
        if (value instanceof Double number) {
            // without exponent, which the dialect does not have
            String text = new BigDecimal(number).toPlainString();
            return text.contains(".") ? text : text + ".0";
        }
        return value instanceof String text ? Json.write(text) : String.valueOf(value);
    }

    static String expression(KuiperCase tree) {
        Object value = tree.get("Val");
        return switch (tree.mark()) {
            case "ast.IntegerLiteral", "ast.StringLiteral", "ast.BooleanLiteral" -> literal(value);
            case "ast.NumberLiteral" -> literal(value instanceof Number number ? number.doubleValue() : value);
            case "ast.TimeLiteral" -> UNITS.get(0);
            case "ast.FieldRef" -> "`" + tree.text("Name") + "`";
            case "ast.Wildcard" -> "*";
            default -> throw new UnknownMarkException("a node of type '" + tree.mark() + "'");
        };
    }

    /** Writes the columns of a stream. */
    static String columns(List<?> fields) {
        List<String> columns = new ArrayList<>();
        for (Object field : fields) {
            KuiperCase column = KuiperCase.of(field);
            columns.add("`" + column.text("Name") + "` " + type(column.part("FieldType")));
        }
        return String.join(", ", columns);
    }

    private static String type(KuiperCase type) {
        return switch (type.mark()) {
            case "ast.BasicType" -> name(type.part("Type"));
            case "ast.RecType" -> "STRUCT(" + columns(type.list("StreamFields")) + ")";
            case "ast.ArrayType" -> "ARRAY("
                    + (type.has("FieldType") ? type(type.part("FieldType")) : name(type.part("Type"))) + ")";
            default -> throw new UnknownMarkException("a type '" + type.mark() + "'");
        };
    }

    private static String name(KuiperCase constant) {
        String name = constant.text("name").replaceFirst("^ast\\.", "");
        return TYPES.getOrDefault(name, name);
    }
}
