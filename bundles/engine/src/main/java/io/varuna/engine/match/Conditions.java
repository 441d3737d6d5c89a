package io.varuna.engine.match;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Expression.MatchAggregate;
import io.varuna.plan.Expression.RowValue;
import io.varuna.plan.MatchRecognize.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The conditions of the variables of a pattern. */
final class Conditions {
    private final List<@Nullable Evaluator> conditions = new ArrayList<>();
    private final List<Boolean> nearby = new ArrayList<>();
    private final List<RowValue> remembered = new ArrayList<>();
    private final List<Variables> rememberedVariables = new ArrayList<>();
    private final MatchContext context;
    private final BiConsumer<Throwable, @Nullable Object[]> trouble;
    private boolean unlike;

    /** Creates the conditions; {@code trouble} is told of rows for which one cannot be evaluated. */
    Conditions(
            List<Definition> definitions,
            List<String> names,
            ExpressionCompiler compiler,
            MatchContext context,
            BiConsumer<Throwable, @Nullable Object[]> trouble) {
        this.context = context;
        this.trouble = trouble;
        for (Definition definition : definitions) {
            Expression condition = definition.condition();
            conditions.add(compiler.compileOptional(condition));
            nearby.add(condition == null || isNearby(condition, false, names));
        }
    }

    /** Tells whether an expression is the same whichever way led to the row; notes what it depends on otherwise. */
    private boolean isNearby(Expression expression, boolean elsewhere, List<String> names) {
        boolean near = true;
        if (expression instanceof MatchAggregate) {
            unlike = true;
            near = false;
        } else if (expression instanceof RowValue row && !row.isNearby()) {
            remembered.add(row);
            rememberedVariables.add(Variables.of(row.variables(), names));
            near = false;
        } else if (expression instanceof ContextValue value) {
            boolean ofOther = elsewhere && value.kind() == ContextValue.Kind.CLASSIFIER;
            unlike |= ofOther;
            near = !ofOther && value.kind() != ContextValue.Kind.MATCH_NUMBER;
        }
        boolean other = elsewhere || expression instanceof RowValue;
        for (Expression child : expression.children()) {
            near &= isNearby(child, other, names);
        }
        return near;
    }

    /** Tells whether all ways to the same place of the pattern and the same row have the same future. */
    boolean areNearby() {
        return !nearby.contains(false);
    }

    /**
     * Returns what conditions can see of the rows that a way has taken: two ways to the same place for which this is equal have
     * the same future. Null where that cannot be told.
     */
    @Nullable
    List<Long> memory(MatchedRow end) {
        if (unlike) {
            return null;
        }
        List<Long> memory = new ArrayList<>();
        for (int i = 0; i < remembered.size(); i++) {
            RowValue row = remembered.get(i);
            for (int offset = 0; offset <= row.offset(); offset++) {
                MatchedRow found = MatchedRow.find(end, rememberedVariables.get(i), row.first(), offset);
                memory.add(found == null ? -1 : found.number());
            }
        }
        return memory;
    }

    /** Tells whether a row, taken by its variable, satisfies the condition of the variable. */
    boolean hold(MatchedRow taken, RowWindow rows, long matchNumber) {
        int variable = taken.variable();
        Evaluator condition = conditions.get(variable);
        if (condition == null) {
            return true;
        }
        MatchRow row = taken.row();
        if (row.isTested(variable)) {
            return row.satisfies(variable);
        }
        boolean holds = false;
        try {
            context.set(rows, taken, taken, matchNumber);
            holds = condition.holds(row.values, row.time);
        } catch (Exception | Error e) {
            if (row.report()) {
                trouble.accept(e, row.values);
            }
        }
        if (nearby.get(variable)) {
            row.tested(variable, holds);
        }
        return holds;
    }
}
