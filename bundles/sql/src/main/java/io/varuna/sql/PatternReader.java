package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.RowPattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** Reads PATTERN of MATCH_RECOGNIZE. */
final class PatternReader {
    /** What a row costs grows with the number of variables, repetitions written out. */
    private static final int MOST_VARIABLES = 1_000;

    /** Conditions of a row are noted in the bits of a long. */
    private static final int MOST_NAMES = 64;

    private static final int MOST_PERMUTED = 5;

    private final StatementText text;
    private final Set<String> variables = new LinkedHashSet<>();

    PatternReader(StatementText text) {
        this.text = text;
    }

    /** Returns the pattern; its variables are known afterwards. */
    RowPattern read(SqlNode node) {
        RowPattern pattern = pattern(node);
        if (pattern.matchesNothing()) {
            throw invalid(
                    "The pattern would match where there are no rows at all. Let it have at least one, such as A+ for A*",
                    node);
        }
        if (pattern.size() > MOST_VARIABLES || variables.size() > MOST_NAMES) {
            throw tooMany(node);
        }
        return pattern;
    }

    private RuntimeException tooMany(SqlNode node) {
        return text.error(
                StandardError.STATEMENT_TOO_COMPLEX,
                "The pattern has too many variables. It may have " + MOST_NAMES + " different ones, and "
                        + MOST_VARIABLES + " with all repetitions written out",
                node);
    }

    /** Returns the names of the variables, in the order of the pattern. */
    List<String> variables() {
        return List.copyOf(variables);
    }

    private RowPattern pattern(SqlNode node) {
        if (node instanceof SqlIdentifier identifier) {
            variables.add(identifier.getSimple());
            return new RowPattern.Variable(identifier.getSimple());
        }
        SqlCall call = (SqlCall) node;
        return switch (call.getKind()) {
            case PATTERN_CONCAT -> new RowPattern.Sequence(flat(call, SqlKind.PATTERN_CONCAT));
            case PATTERN_ALTER -> new RowPattern.Choice(flat(call, SqlKind.PATTERN_ALTER));
            case PATTERN_QUANTIFIER -> repetition(call);
            case PATTERN_EXCLUDED -> new RowPattern.Exclusion(pattern(call.operand(0)));
            case PATTERN_PERMUTE -> permutations(call);
            default -> throw invalid("This is no part of a pattern", node);
        };
    }

    /** Returns the parts of a chain of one operator, which the parser has nested to the left. */
    private List<RowPattern> flat(SqlCall call, SqlKind kind) {
        List<SqlNode> parts = new ArrayList<>();
        SqlNode left = call;
        while (left instanceof SqlCall chained && chained.getKind() == kind) {
            parts.add(0, chained.operand(1));
            left = chained.operand(0);
        }
        parts.add(0, left);
        return parts.stream().map(this::pattern).toList();
    }

    private RowPattern repetition(SqlCall call) {
        int least = Math.max(0, number(call.operand(1)));
        int most = number(call.operand(2));
        if (most < 0) {
            most = RowPattern.UNLIMITED;
        }
        if (most < Math.max(1, least)) {
            throw invalid("The pattern repeats something from " + least + " to " + most + " times", call);
        }
        boolean reluctant = call.operand(3) instanceof SqlLiteral flag && flag.booleanValue();
        return new RowPattern.Repetition(pattern(call.operand(0)), least, most, !reluctant);
    }

    private int number(SqlNode node) {
        BigDecimal value = ((SqlLiteral) node).bigDecimalValue();
        if (value == null
                || value.stripTrailingZeros().scale() > 0
                || value.compareTo(BigDecimal.valueOf(MOST_VARIABLES)) > 0) {
            throw invalid("A pattern repeats something a whole number of times, at most " + MOST_VARIABLES, node);
        }
        return value.intValue();
    }

    /** Any order is one of all orders; those that begin as written are preferred. */
    private RowPattern permutations(SqlCall call) {
        List<RowPattern> parts =
                call.getOperandList().stream().map(this::pattern).toList();
        if (parts.size() > MOST_PERMUTED) {
            throw text.error(
                    StandardError.STATEMENT_TOO_COMPLEX,
                    "PERMUTE takes at most " + MOST_PERMUTED + " patterns, not " + parts.size(),
                    call);
        }
        if (new RowPattern.Sequence(parts).size() > MOST_VARIABLES) {
            throw tooMany(call);
        }
        List<RowPattern> orders = new ArrayList<>();
        permute(List.of(), parts, orders);
        return new RowPattern.Choice(orders);
    }

    private static void permute(List<RowPattern> chosen, List<RowPattern> left, List<RowPattern> orders) {
        if (left.isEmpty()) {
            orders.add(new RowPattern.Sequence(chosen));
        }
        for (int i = 0; i < left.size(); i++) {
            List<RowPattern> more = new ArrayList<>(chosen);
            more.add(left.get(i));
            List<RowPattern> others = new ArrayList<>(left);
            others.remove(i);
            permute(more, others, orders);
        }
    }

    private RuntimeException invalid(String problem, SqlNode node) {
        return text.error(StandardError.INVALID_ARGUMENT, problem, node);
    }
}
