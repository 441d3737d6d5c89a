package io.varuna.sql;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;

/** Tells what is in a rewritten expression. */
final class Content {
    private static final int MOST_CALLS = 200;

    private Content() {}

    static boolean isAggregate(SqlNode node) {
        return node instanceof SqlCall call
                && (call.getOperator() instanceof AggregateOperator
                        || (call.getKind() == SqlKind.FILTER && isAggregate(call.operand(0))));
    }

    /** Tells whether an aggregate is somewhere in the expression. */
    static boolean hasAggregate(SqlNode node) {
        return any(node, Content::isAggregate);
    }

    /** Tells whether the number of the row is asked for somewhere in the expression. */
    static boolean hasRowNumber(SqlNode node) {
        return has(node, Meaning.RowNumber.class);
    }

    /** Tells whether an operator of some meaning is somewhere in the expression. */
    static boolean has(SqlNode node, Class<? extends Meaning> meaning) {
        return first(node, meaning).isPresent();
    }

    /** Returns the first call of an operator of some meaning in the expression. */
    static Optional<SqlNode> first(SqlNode node, Class<? extends Meaning> meaning) {
        return first(node, call -> meaning.isInstance(OpaqueOperator.meaning(call)));
    }

    /** Tells whether there are more than a few calls in the expression. */
    static boolean isLarge(SqlNode node) {
        int[] calls = new int[1];
        return any(node, call -> ++calls[0] > MOST_CALLS);
    }

    private static boolean any(SqlNode node, Predicate<SqlCall> sought) {
        return first(node, sought).isPresent();
    }

    private static Optional<SqlNode> first(SqlNode node, Predicate<SqlCall> sought) {
        try {
            node.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlCall call) {
                    if (sought.test(call)) {
                        throw new Util.FoundOne(call);
                    }
                    return super.visit(call);
                }
            });
            return Optional.empty();
        } catch (Util.FoundOne e) {
            return Optional.of((SqlNode) Objects.requireNonNull(e.getNode()));
        }
    }
}
