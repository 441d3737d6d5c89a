package io.varuna.plugin.functions.aggregate;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The aggregate functions of the rule dialect. */
@Component
public final class AggregateFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                count(),
                sum(),
                avg(),
                extreme(
                        "max",
                        Extreme.Side.GREATEST,
                        "Returns the greatest number, text or datetime; NULL does not count."),
                extreme("min", Extreme.Side.LEAST, "Returns the least number, text or datetime; NULL does not count."),
                median(),
                deviation("var", "Returns the variance of the population.", () -> new Variance("var", false, false)),
                deviation(
                        "vars",
                        "Returns the variance of the sample; NULL for one value.",
                        () -> new Variance("vars", true, false)),
                deviation(
                        "stddev",
                        "Returns the standard deviation of the population.",
                        () -> new Variance("stddev", false, true)),
                deviation(
                        "stddevs",
                        "Returns the standard deviation of the sample; NULL for one value.",
                        () -> new Variance("stddevs", true, true)),
                percentile(
                        "percentile_cont",
                        "Returns the value below which the given fraction of the values lies; the mean of two values where it falls between them.",
                        () -> new Percentile("percentile_cont", true)),
                percentile(
                        "percentile_disc",
                        "Returns the least value at or below which at least the given fraction of the values lies.",
                        () -> new Percentile("percentile_disc", false)),
                collect(),
                mergeAgg(),
                deduplicate(),
                lastValue());
    }

    private static FunctionDefinition count() {
        return FunctionDefinition.aggregate("count", Count::new)
                .doc("Counts the rows in which the value is not NULL, or all rows.")
                .parameter(Parameter.of("value", DataType.ANY).asOptional())
                .star()
                .result(DataType.BIGINT)
                .example("count(*) = 1", "count(5) = 1", "count(NULL) = 0")
                .build();
    }

    private static FunctionDefinition sum() {
        return FunctionDefinition.aggregate("sum", Sum::new)
                .doc("Adds numbers: to a whole number where all are whole, exactly; NULL does not count.")
                .parameter(Parameter.number("value"))
                .result(arguments -> arguments.get(0).type())
                .example("sum(5) = 5", "sum(NULL) IS NULL")
                .build();
    }

    private static FunctionDefinition avg() {
        return FunctionDefinition.aggregate("avg", Average::new)
                .doc("Returns the mean of numbers as a FLOAT; NULL does not count.")
                .parameter(Parameter.number("value"))
                .result(DataType.DOUBLE)
                .example("avg(5) = 5", "avg(NULL) IS NULL")
                .build();
    }

    private static FunctionDefinition extreme(String name, Extreme.Side side, String doc) {
        return FunctionDefinition.aggregate(name, () -> new Extreme(name, side))
                .doc(doc)
                .parameter("value", DataType.ANY)
                .result(arguments -> arguments.get(0).type())
                .example(name + "(5) = 5", name + "('a') = 'a'", name + "(NULL) IS NULL")
                .build();
    }

    private static FunctionDefinition median() {
        return FunctionDefinition.aggregate("median", Median::new)
                .doc("Returns the number in the middle, or the mean of the two in the middle; NULL does not count.")
                .parameter(Parameter.number("value"))
                .example("median(5) = 5", "median(NULL) IS NULL")
                .build();
    }

    private static FunctionDefinition deviation(String name, String doc, Supplier<Variance> function) {
        String example = name.endsWith("s") ? name + "(5) IS NULL" : name + "(5) = 0";
        return FunctionDefinition.aggregate(name, function)
                .doc(doc)
                .parameter(Parameter.number("value"))
                .result(DataType.DOUBLE)
                .example(example)
                .build();
    }

    private static FunctionDefinition percentile(String name, String doc, Supplier<Percentile> function) {
        return FunctionDefinition.aggregate(name, function)
                .doc(doc)
                .parameter(Parameter.number("value"))
                .parameter(Parameter.number("fraction"))
                .result(arguments ->
                        name.equals("percentile_disc") ? arguments.get(0).type() : DataType.DOUBLE)
                .check(arguments -> fractionProblem(name, arguments.get(1)))
                .example(name + "(5, 0.5) = 5")
                .build();
    }

    private static @Nullable String fractionProblem(String function, Argument fraction) {
        if (!(fraction.value() instanceof Number number) || Percentile.isFraction(number.doubleValue())) {
            return null;
        }
        return "Argument 2 of '" + function + "' ('fraction') takes a number from 0 to 1, not '" + fraction.text()
                + "'";
    }

    private static FunctionDefinition collect() {
        return FunctionDefinition.aggregate("collect", Collect::new)
                .doc("Gathers the values of all rows in an array, in order, NULL among them; whole rows are objects.")
                .parameter("value", DataType.ANY)
                .star()
                .result(arguments -> DataType.array(arguments.get(0).type()))
                .example("cardinality(collect(5)) = 1")
                .build();
    }

    private static FunctionDefinition mergeAgg() {
        return FunctionDefinition.aggregate("merge_agg", MergeObjects::new)
                .doc("Merges objects, or whole rows, into one object; of members with the same name, the last stays.")
                .parameter("object", DataType.struct(Schema.OPEN))
                .star()
                .result(DataType.struct(Schema.OPEN))
                .example("object_size(merge_agg(object_construct('a', 1))) = 1")
                .build();
    }

    private static FunctionDefinition deduplicate() {
        return FunctionDefinition.aggregate("deduplicate", Deduplicate::new)
                .doc(
                        "Returns the first row for each distinct value; if all is false, the last row if its value is new, otherwise NULL.")
                .parameter("value", DataType.ANY)
                .parameter("all", DataType.BOOLEAN)
                .parameter(Parameter.of("row", DataType.struct(Schema.OPEN)).asOptional())
                .star()
                .example("cardinality(deduplicate(5, TRUE)) = 1")
                .build();
    }

    private static FunctionDefinition lastValue() {
        return FunctionDefinition.aggregate("last_value", LastValue::new)
                .doc("Returns the value of the last row, or of the last row in which it is not NULL.")
                .parameter("value", DataType.ANY)
                .parameter("ignore_null", DataType.BOOLEAN)
                .star()
                .result(arguments -> arguments.get(0).type())
                .example("last_value(5, TRUE) = 5")
                .build();
    }
}
