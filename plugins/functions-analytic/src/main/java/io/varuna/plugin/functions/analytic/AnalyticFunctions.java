package io.varuna.plugin.functions.analytic;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The analytic functions of the rule dialect. */
@Component
public final class AnalyticFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                lag(),
                latest(),
                changedCol(),
                hadChanged(),
                changedCols(),
                accumulator(Accumulator.SUM, "Adds the numbers of all rows so far.", "acc_sum(5) = 5"),
                accumulator(Accumulator.AVG, "Returns the mean of the numbers of all rows so far.", "acc_avg(5) = 5"),
                accumulator(Accumulator.MIN, "Returns the least number of all rows so far.", "acc_min(5) = 5"),
                accumulator(Accumulator.MAX, "Returns the greatest number of all rows so far.", "acc_max(5) = 5"),
                accumulator(
                        Accumulator.COUNT,
                        "Counts the rows so far in which the value is not NULL.",
                        "acc_count('a') = 1"));
    }

    private static FunctionDefinition lag() {
        return FunctionDefinition.analytic("lag", Lag::new)
                .doc(
                        "Returns the value that a number of rows before had, 1 if left out, or the default where there was none; rows with NULL do not count unless ignore_null is false.")
                .parameter("value", DataType.ANY)
                .parameter(Parameter.of("offset", DataType.BIGINT).asOptional())
                .parameter(Parameter.of("default", DataType.ANY).asOptional())
                .parameter(Parameter.of("ignore_null", DataType.BOOLEAN).asOptional())
                .result(arguments ->
                        arguments.size() > 2 ? DataType.ANY : arguments.get(0).type())
                .check(AnalyticFunctions::offsetProblem)
                .example("lag(5) IS NULL", "lag(5, 1, 0) = 0")
                .build();
    }

    private static @Nullable String offsetProblem(List<Argument> arguments) {
        if (arguments.size() < 2) {
            return null;
        }
        Argument offset = arguments.get(1);
        boolean fits = offset.literal()
                && offset.value() instanceof Number number
                && number.longValue() >= 1
                && number.longValue() <= Lag.MOST_ROWS;
        return fits
                ? null
                : "Argument 2 of 'lag' ('offset') takes a constant from 1 to " + Lag.MOST_ROWS + ", not '"
                        + offset.text() + "'";
    }

    private static FunctionDefinition latest() {
        return FunctionDefinition.analytic("latest", Latest::new)
                .doc("Returns the last value that was not NULL, or the default where there was none.")
                .parameter("value", DataType.ANY)
                .parameter(Parameter.of("default", DataType.ANY).asOptional())
                .result(arguments ->
                        arguments.size() > 1 ? DataType.ANY : arguments.get(0).type())
                .example("latest(5) = 5", "latest(NULL, 3) = 3")
                .build();
    }

    private static FunctionDefinition changedCol() {
        return FunctionDefinition.analytic("changed_col", ChangedColumn::new)
                .doc("Returns the value if it is not the one of the row before, otherwise NULL.")
                .parameter("ignore_null", DataType.BOOLEAN)
                .parameter("value", DataType.ANY)
                .result(arguments -> arguments.get(1).type())
                .example("changed_col(TRUE, 5) = 5")
                .build();
    }

    private static FunctionDefinition hadChanged() {
        return FunctionDefinition.analytic("had_changed", HadChanged::new)
                .doc("Tells whether one of the values is not the one of the row before.")
                .parameter("ignore_null", DataType.BOOLEAN)
                .parameter("value", DataType.ANY)
                .variadic()
                .star()
                .result(DataType.BOOLEAN)
                .example("had_changed(TRUE, 5, 6)")
                .build();
    }

    private static FunctionDefinition changedCols() {
        return FunctionDefinition.analytic("changed_cols", ChangedColumns::new)
                .doc(
                        "Returns the columns whose values are not those that it returned last, with a prefix before their names.")
                .parameter("prefix", DataType.VARCHAR)
                .parameter("ignore_null", DataType.BOOLEAN)
                .parameter("columns", DataType.struct(Schema.OPEN))
                .variadic()
                .star()
                .result(DataType.struct(Schema.OPEN))
                .example("changed_cols('c_', TRUE, *) IS NOT NULL")
                .build();
    }

    private static FunctionDefinition accumulator(Accumulator kind, String doc, String example) {
        FunctionDefinition.Builder builder = FunctionDefinition.analytic(kind.ruleName(), () -> new Accumulate(kind))
                .doc(doc + " With two conditions, from a row where the first holds to one where the second does.")
                .parameter(kind == Accumulator.COUNT ? Parameter.of("value", DataType.ANY) : Parameter.number("value"))
                .parameter(Parameter.of("begin", DataType.BOOLEAN).asOptional())
                .parameter(Parameter.of("reset", DataType.BOOLEAN).asOptional())
                .result(kind == Accumulator.COUNT ? DataType.BIGINT : DataType.DOUBLE)
                .check(arguments -> arguments.size() == 2
                        ? "'" + kind.ruleName()
                                + "' takes a value, or a value and two conditions, to begin and to reset"
                        : null)
                .example(example);
        return kind == Accumulator.COUNT ? builder.star().build() : builder.build();
    }
}
