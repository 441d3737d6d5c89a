package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import io.varuna.plan.WindowSpec.Unit;
import io.varuna.sql.parser.WhenWindow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Reads windows from GROUP BY. */
final class WindowReader {
    private static final Map<String, Kind> KINDS = Map.of(
            "tumblingwindow", Kind.TUMBLING,
            "hoppingwindow", Kind.HOPPING,
            "slidingwindow", Kind.SLIDING,
            "sessionwindow", Kind.SESSION,
            "countwindow", Kind.COUNT,
            "statewindow", Kind.STATE);

    private final StatementText text;

    WindowReader(StatementText text) {
        this.text = text;
    }

    /**
     * A window as it was written.
     *
     * @param spec without its expressions
     * @param partitionBy not yet rewritten, as all expressions
     */
    record WindowClause(
            SqlNode node,
            WindowSpec spec,
            @Nullable SqlNode filter,
            @Nullable SqlNode trigger,
            @Nullable SqlNode begin,
            @Nullable SqlNode end,
            List<SqlNode> partitionBy) {}

    /** Returns the names of windows, as they are usually written. */
    static List<String> names() {
        return KINDS.keySet().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .toList();
    }

    static boolean isWindow(String function) {
        return KINDS.containsKey(function.toLowerCase(Locale.ROOT));
    }

    /** Tells whether an item of GROUP BY is a window, perhaps with FILTER and OVER. */
    static boolean isWindow(SqlNode node) {
        if (node.getKind() == SqlKind.FILTER || node.getKind() == SqlKind.OVER) {
            return isWindow(((SqlCall) node).<SqlNode>operand(0));
        }
        return node instanceof SqlBasicCall call && isWindow(call.getOperator().getName());
    }

    WindowClause read(SqlNode node) {
        SqlNode inner = node;
        SqlNode filter = null;
        SqlWindow over = null;
        if (inner.getKind() == SqlKind.OVER) {
            SqlCall call = (SqlCall) inner;
            if (!(call.operand(1) instanceof SqlWindow window)
                    || !window.getOrderList().isEmpty()) {
                throw invalid("OVER of a window takes WHEN and PARTITION BY", call);
            }
            over = window;
            inner = call.operand(0);
        }
        if (inner.getKind() == SqlKind.FILTER) {
            filter = ((SqlCall) inner).operand(1);
            inner = ((SqlCall) inner).operand(0);
        }
        SqlCall call = (SqlCall) inner;
        Kind kind = KINDS.get(call.getOperator().getName().toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw new IllegalArgumentException(call.toString());
        }
        SqlNode trigger = over instanceof WhenWindow when ? when.when() : null;
        List<SqlNode> partitionBy = over == null ? List.of() : List.copyOf(over.getPartitionList());
        if (trigger != null && kind != Kind.SLIDING) {
            throw invalid("WHEN belongs to sliding windows. Use FILTER (WHERE ...) to choose rows", trigger);
        }
        if (!partitionBy.isEmpty() && kind != Kind.STATE) {
            throw invalid("PARTITION BY belongs to state windows. Put the columns into GROUP BY", partitionBy.get(0));
        }
        if (kind == Kind.STATE) {
            if (call.operandCount() < 1 || call.operandCount() > 2) {
                throw usage(call, kind);
            }
            SqlNode end = call.operandCount() == 2 ? call.operand(1) : null;
            return new WindowClause(
                    node, spec(kind, Unit.MS, 0, 0, 0), filter, null, call.operand(0), end, partitionBy);
        }
        return new WindowClause(
                node, kind == Kind.COUNT ? count(call) : timed(call, kind), filter, trigger, null, null, List.of());
    }

    private WindowSpec count(SqlCall call) {
        if (call.operandCount() < 1 || call.operandCount() > 2) {
            throw usage(call, Kind.COUNT);
        }
        long size = number(call, 0, Kind.COUNT);
        long slide = call.operandCount() == 2 ? number(call, 1, Kind.COUNT) : size;
        if (size < 1 || slide < 1 || slide > size) {
            throw invalid("A count window takes 1 row or more, and steps of no more rows than it has", call);
        }
        return spec(Kind.COUNT, Unit.MS, size, slide, 0);
    }

    private WindowSpec timed(SqlCall call, Kind kind) {
        int least = kind == Kind.HOPPING || kind == Kind.SESSION ? 3 : 2;
        int most = kind == Kind.TUMBLING ? 2 : 3;
        if (call.operandCount() < least || call.operandCount() > most) {
            throw usage(call, kind);
        }
        Unit unit = unit(call, kind);
        long size = millis(call, 1, unit, kind);
        if (size < 1) {
            throw invalid("A window has a length of 1 or more", call.operand(1));
        }
        if (call.operandCount() == 2) {
            return spec(kind, unit, size, size, 0);
        }
        long third = millis(call, 2, unit, kind);
        if (kind == Kind.SLIDING) {
            return spec(kind, unit, size, size, third);
        }
        if (third < 1) {
            throw invalid(
                    kind == Kind.HOPPING ? "A window hops by 1 or more" : "A session ends after a gap of 1 or more",
                    call.operand(2));
        }
        return spec(kind, unit, size, third, 0);
    }

    private Unit unit(SqlCall call, Kind kind) {
        if (call.operand(0) instanceof SqlIdentifier identifier && identifier.isSimple()) {
            for (Unit unit : Unit.values()) {
                if (unit.name().equalsIgnoreCase(identifier.getSimple())) {
                    return unit;
                }
            }
        }
        throw invalid(
                "'" + text.at(call.operand(0)) + "' is no unit of time. The units are dd, hh, mi, ss and ms. "
                        + example(kind),
                call.operand(0));
    }

    private long millis(SqlCall call, int operand, Unit unit, Kind kind) {
        long number = number(call, operand, kind);
        if (number > Long.MAX_VALUE / unit.millis()) {
            throw invalid("The window is too long", call.operand(operand));
        }
        return number * unit.millis();
    }

    private long number(SqlCall call, int operand, Kind kind) {
        SqlNode node = call.operand(operand);
        if (node instanceof SqlLiteral literal
                && literal.getValue() instanceof java.math.BigDecimal number
                && number.scale() == 0
                && number.toBigInteger().bitLength() <= 63) {
            return number.longValue();
        }
        throw invalid("A window takes whole numbers, not '" + text.at(node) + "'. " + example(kind), node);
    }

    private RuntimeException usage(SqlCall call, Kind kind) {
        return invalid("The window has the wrong number of arguments. " + example(kind), call);
    }

    private static String example(Kind kind) {
        return switch (kind) {
            case TUMBLING -> "Write unit and length, such as TUMBLINGWINDOW(ss, 10)";
            case HOPPING -> "Write unit, length and hop, such as HOPPINGWINDOW(ss, 10, 5)";
            case SLIDING -> "Write unit, length and, if any, delay, such as SLIDINGWINDOW(ss, 10)";
            case SESSION -> "Write unit, longest duration and gap, such as SESSIONWINDOW(ss, 60, 5)";
            case COUNT -> "Write rows and, if any, step, such as COUNTWINDOW(10, 5)";
            case STATE -> "Write one or two conditions, such as STATEWINDOW(a > 1, a < 0)";
        };
    }

    private RuntimeException invalid(String problem, SqlNode node) {
        return text.error(StandardError.INVALID_WINDOW, problem, node);
    }

    static WindowSpec spec(Kind kind, Unit unit, long size, long slide, long delay) {
        return new WindowSpec(kind, unit, size, slide, delay, null, null, null, null, List.of());
    }
}
