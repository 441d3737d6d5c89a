package io.varuna.itests.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Expressions with what they mean by the manual, evaluated straight from their trees. It knows nothing of the planner or the
 * engine.
 */
final class Reference {
    private Reference() {}

    /** A value cannot be had; the row is an error. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    /** What is known of a value before there are any. */
    enum Type {
        WHOLE,
        FRACTION,
        OTHER
    }

    /**
     * A row in a dialect.
     *
     * @param standard whether logic has three values and lists count from 1
     */
    record Row(Map<String, ? extends @Nullable Object> values, boolean standard) {
        /** Returns what a comparison with NULL is. */
        @Nullable
        Boolean unknown() {
            return standard ? null : Boolean.FALSE;
        }
    }

    /** An expression. */
    interface Tree {
        String sql();

        @Nullable
        Object value(Row row) throws Failure;

        default Type type() {
            return Type.OTHER;
        }

        /** Tells whether the value, as a condition of WHERE or WHEN, is true. */
        default boolean holds(Row row) throws Failure {
            return Boolean.TRUE.equals(truth(value(row)));
        }
    }

    record Column(String name, Type type) implements Tree {
        @Override
        public String sql() {
            return name;
        }

        @Override
        public @Nullable Object value(Row row) {
            return row.values().get(name);
        }
    }

    record Constant(@Nullable Object value) implements Tree {
        @Override
        public String sql() {
            return value instanceof String text
                    ? "'" + text + "'"
                    : String.valueOf(value).toUpperCase(Locale.ROOT);
        }

        @Override
        public @Nullable Object value(Row row) {
            return value;
        }

        @Override
        public Type type() {
            if (value instanceof Long) {
                return Type.WHOLE;
            }
            return value instanceof Double ? Type.FRACTION : Type.OTHER;
        }
    }

    /** {@code + - * / %}. */
    record Calculation(String operator, Tree left, Tree right) implements Tree {
        @Override
        public String sql() {
            return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
        }

        @Override
        public Type type() {
            if (left.type() == Type.OTHER || right.type() == Type.OTHER) {
                return Type.OTHER;
            }
            return left.type() == Type.WHOLE && right.type() == Type.WHOLE ? Type.WHOLE : Type.FRACTION;
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object a = left.value(row);
            Object b = right.value(row);
            if (a == null || b == null) {
                return null;
            }
            if (!(a instanceof Number x) || !(b instanceof Number y)) {
                throw new Failure("no numbers");
            }
            boolean divides = operator.equals("/") || operator.equals("%");
            if (divides && y.doubleValue() == 0) {
                throw new Failure("division by zero");
            }
            return a instanceof Long && b instanceof Long
                    ? whole(x.longValue(), y.longValue())
                    : fraction(x.doubleValue(), y.doubleValue());
        }

        private Object whole(long a, long b) throws Failure {
            try {
                return switch (operator) {
                    case "+" -> Math.addExact(a, b);
                    case "-" -> Math.subtractExact(a, b);
                    case "*" -> Math.multiplyExact(a, b);
                    case "%" -> a % b;
                    default -> {
                        // only what is declared to be whole is cut
                        boolean cut = type() == Type.WHOLE || a % b == 0;
                        yield cut ? (Object) (b == -1 ? Math.negateExact(a) : a / b) : (Object) ((double) a / b);
                    }
                };
            } catch (ArithmeticException e) {
                throw new Failure("overflow");
            }
        }

        private double fraction(double a, double b) {
            return switch (operator) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "%" -> a % b;
                default -> a / b;
            };
        }
    }

    record Negative(Tree operand) implements Tree {
        @Override
        public String sql() {
            return "(-(" + operand.sql() + "))";
        }

        @Override
        public Type type() {
            return operand.type();
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            return new Calculation("-", new Constant(0L), operand).value(row);
        }
    }

    /** {@code = != < <= > >=}. */
    record Comparison(String operator, Tree left, Tree right) implements Tree {
        @Override
        public String sql() {
            return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object a = left.value(row);
            Object b = right.value(row);
            if (a == null || b == null) {
                return row.unknown();
            }
            boolean equality = operator.equals("=") || operator.equals("!=");
            return test(operator).test(equality ? compare(a, b) : order(a, b));
        }

        private static IntPredicate test(String operator) {
            return switch (operator) {
                case "=" -> order -> order == 0;
                case "!=" -> order -> order != 0;
                case "<" -> order -> order < 0;
                case "<=" -> order -> order <= 0;
                case ">" -> order -> order > 0;
                default -> order -> order >= 0;
            };
        }
    }

    private static int order(Object a, Object b) throws Failure {
        if (a instanceof Boolean) {
            throw new Failure("booleans have no order");
        }
        return compare(a, b);
    }

    private static int compare(Object a, Object b) throws Failure {
        if (a instanceof Long x && b instanceof Long y) {
            return x.compareTo(y);
        }
        if (a instanceof Number x && b instanceof Number y) {
            return exact(x).compareTo(exact(y));
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        }
        throw new Failure("unlike types");
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal(number.doubleValue());
    }

    private static @Nullable Boolean truth(@Nullable Object value) throws Failure {
        if (value != null && !(value instanceof Boolean)) {
            throw new Failure("no truth");
        }
        return (Boolean) value;
    }

    /** AND and OR, which end where they are decided; in two-valued logic, NULL makes either of them false. */
    record Junction(String operator, Tree left, Tree right) implements Tree {
        @Override
        public String sql() {
            return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            boolean decisive = operator.equals("OR");
            boolean unknown = false;
            for (Tree operand : List.of(left, right)) {
                Boolean truth = truth(operand.value(row));
                if (truth == null && !row.standard()) {
                    return false;
                }
                if (truth != null && truth == decisive) {
                    return decisive;
                }
                unknown |= truth == null;
            }
            return unknown ? null : (Boolean) !decisive;
        }

        /** Where only true counts, AND ends at whatever is not. */
        @Override
        public boolean holds(Row row) throws Failure {
            return operator.equals("AND") ? left.holds(row) && right.holds(row) : Tree.super.holds(row);
        }
    }

    record Not(Tree operand) implements Tree {
        @Override
        public String sql() {
            return "(NOT " + operand.sql() + ")";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Boolean truth = truth(operand.value(row));
            return truth == null ? row.unknown() : (Boolean) !truth;
        }
    }

    /** IS [NOT] NULL, TRUE or FALSE. */
    record Is(Tree operand, boolean not, @Nullable Boolean wanted) implements Tree {
        @Override
        public String sql() {
            return "(" + operand.sql() + " IS " + (not ? "NOT " : "")
                    + String.valueOf(wanted).toUpperCase(Locale.ROOT) + ")";
        }

        @Override
        public Object value(Row row) throws Failure {
            Object value = operand.value(row);
            boolean is = wanted == null ? value == null : wanted.equals(truth(value));
            return is != not;
        }
    }

    record Between(Tree operand, boolean not, Tree low, Tree high) implements Tree {
        @Override
        public String sql() {
            return "(" + operand.sql() + (not ? " NOT" : "") + " BETWEEN " + low.sql() + " AND " + high.sql() + ")";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object value = operand.value(row);
            Object least = low.value(row);
            Object most = high.value(row);
            if (value != null && least != null && most != null) {
                return (order(value, least) >= 0 && order(value, most) <= 0) != not;
            }
            if (!row.standard()) {
                return false;
            }
            boolean outside = value != null
                    && ((least != null && order(value, least) < 0) || (most != null && order(value, most) > 0));
            return outside ? (Boolean) not : null;
        }
    }

    /** Compares with one member after the other, up to the first that is equal. */
    record In(Tree operand, boolean not, List<Tree> members) implements Tree {
        @Override
        public String sql() {
            return "(" + operand.sql() + (not ? " NOT" : "") + " IN ("
                    + members.stream().map(Tree::sql).collect(Collectors.joining(", ")) + "))";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object value = operand.value(row);
            if (value == null) {
                return row.unknown();
            }
            boolean withNull = false;
            for (Tree tree : members) {
                Object member = tree.value(row);
                if (member != null && compare(value, member) == 0) {
                    return !not;
                }
                withNull |= member == null;
            }
            return (withNull && row.standard()) ? null : (Boolean) not;
        }
    }

    record Like(Tree operand, boolean not, String pattern) implements Tree {
        @Override
        public String sql() {
            return "(" + operand.sql() + (not ? " NOT" : "") + " LIKE '" + pattern + "')";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object value = operand.value(row);
            if (value == null) {
                return row.unknown();
            }
            if (!(value instanceof String text)) {
                throw new Failure("no text");
            }
            String regex = pattern.chars()
                    .mapToObj(c -> c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf((char) c)))
                    .collect(Collectors.joining());
            return Pattern.matches(regex, text) != not;
        }
    }

    record Joined(Tree left, Tree right) implements Tree {
        @Override
        public String sql() {
            return "(" + left.sql() + " || " + right.sql() + ")";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object a = left.value(row);
            Object b = a == null ? null : right.value(row);
            return b == null ? null : String.valueOf(a) + b;
        }
    }

    /** CASE WHEN condition THEN value ELSE otherwise END. */
    record Case(Tree condition, Tree then, Tree otherwise) implements Tree {
        @Override
        public String sql() {
            return "(CASE WHEN " + condition.sql() + " THEN " + then.sql() + " ELSE " + otherwise.sql() + " END)";
        }

        @Override
        public Type type() {
            return common(then.type(), otherwise.type());
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            return condition.holds(row) ? then.value(row) : otherwise.value(row);
        }
    }

    record Coalesce(Tree first, Tree second) implements Tree {
        @Override
        public String sql() {
            return "coalesce(" + first.sql() + ", " + second.sql() + ")";
        }

        @Override
        public Type type() {
            return common(first.type(), second.type());
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object value = first.value(row);
            return value == null ? second.value(row) : value;
        }
    }

    private static Type common(Type one, Type other) {
        if (one == Type.OTHER || other == Type.OTHER) {
            return Type.OTHER;
        }
        return one == other ? one : Type.FRACTION;
    }

    /** {@code list[i]}. */
    record Element(Tree list, long index) implements Tree {
        @Override
        public String sql() {
            return list.sql() + "[" + index + "]";
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object value = list.value(row);
            if (value == null) {
                return null;
            }
            if (!(value instanceof List<?> elements)) {
                throw new Failure("no list");
            }
            long first = row.standard() && index > 0 ? index - 1 : index;
            long at = first < 0 ? elements.size() + first : first;
            if (at < 0 || at >= elements.size()) {
                throw new Failure("out of range");
            }
            return elements.get((int) at);
        }
    }

    /** {@code object->member}. */
    record Member(Tree object, String name) implements Tree {
        @Override
        public String sql() {
            return object.sql() + "->" + name;
        }

        @Override
        public @Nullable Object value(Row row) throws Failure {
            Object value = object.value(row);
            if (value instanceof List) {
                throw new Failure("a list has no members");
            }
            return value instanceof Map<?, ?> members ? members.get(name) : null;
        }
    }
}
