package io.varuna.plan;

import io.varuna.api.data.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds sequences of rows that match a pattern, in the order of event time. Hands on, for each match, one row with what it is
 * partitioned by and the measures; or all its rows, each with the columns of the input and the measures.
 *
 * @param partitionBy rows match with those of equal values only
 * @param variables those of the pattern, each once
 * @param allRows whether the rows of a match are handed on
 * @param within how long after the first row the last row of a match may be, in milliseconds; {@link #UNLIMITED} for no limit
 */
public record MatchRecognize(
        PlanNode input,
        List<Expression> partitionBy,
        List<String> partitionNames,
        RowPattern pattern,
        List<Definition> variables,
        List<Expression> measures,
        List<String> measureNames,
        boolean allRows,
        Skip skip,
        long within)
        implements PlanNode {
    /** No limit of time. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /**
     * What a row has to satisfy to be one of a variable's.
     *
     * @param condition over the row, and others by {@link Expression.RowValue}; null for any row
     */
    public record Definition(String variable, @Nullable Expression condition) {}

    /**
     * Where the search goes on after a match.
     *
     * @param variables whose row is meant
     */
    public record Skip(Target target, List<String> variables) {
        /** The row to go on at. */
        public enum Target {
            /** The one after the last of the match. */
            PAST_LAST_ROW,
            /** The one after the first of the match. */
            NEXT_ROW,
            /** The first of some variables. */
            FIRST,
            /** The last of some variables. */
            LAST
        }

        public Skip {
            variables = List.copyOf(variables);
        }

        @Override
        public String toString() {
            return switch (target) {
                case PAST_LAST_ROW, NEXT_ROW -> target.name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ');
                case FIRST, LAST -> target.name().toLowerCase(Locale.ROOT) + " " + String.join(", ", variables);
            };
        }
    }

    public MatchRecognize {
        partitionBy = List.copyOf(partitionBy);
        partitionNames = List.copyOf(partitionNames);
        variables = List.copyOf(variables);
        measures = List.copyOf(measures);
        measureNames = List.copyOf(measureNames);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>();
        if (allRows) {
            columns.addAll(input.output());
        } else {
            add(partitionBy, partitionNames, columns);
        }
        add(measures, measureNames, columns);
        return columns;
    }

    private static void add(List<Expression> expressions, List<String> names, List<Column> columns) {
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(names.get(i), expressions.get(i).type()));
        }
    }

    @Override
    public String describe() {
        String conditions = variables.stream()
                .filter(variable -> variable.condition() != null)
                .map(variable -> ExpressionText.name(variable.variable()) + " AS " + variable.condition())
                .collect(Collectors.joining(", "));
        return "MatchRecognize (" + pattern + ")"
                + (within == UNLIMITED
                        ? ""
                        : " within "
                                + Duration.ofMillis(within)
                                        .toString()
                                        .substring(2)
                                        .toLowerCase(Locale.ROOT))
                + PlanText.keys(partitionBy, partitionNames)
                + (conditions.isEmpty() ? "" : " define " + conditions)
                + (measures.isEmpty() ? "" : " measures " + PlanText.named(measures, measureNames))
                + (allRows ? ", all rows" : ", one row")
                + ", then " + skip;
    }
}
