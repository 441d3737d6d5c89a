package io.varuna.plugin.functions.samples;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** One function of each kind, as eKuiper's guide for authors of plugins has them. */
@Component
public final class SampleFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(echo(), countPlusOne(), accumulateWordCount());
    }

    private static FunctionDefinition echo() {
        return FunctionDefinition.scalar("echo", () -> args -> args.get(0))
                .doc("Returns its argument.")
                .parameter("value", DataType.ANY)
                .calledOnNull(true)
                .result(arguments -> arguments.get(0).type())
                .example("echo(5) = 5", "echo(NULL) IS NULL")
                .build();
    }

    private static FunctionDefinition countPlusOne() {
        return FunctionDefinition.aggregate("countplusone", CountPlusOne::new)
                .doc("Counts all rows, also those in which the value is NULL, and one more.")
                .parameter("value", DataType.ANY)
                .star()
                .result(DataType.BIGINT)
                .example("countplusone(5) = 2", "countplusone(NULL) = 2")
                .build();
    }

    private static FunctionDefinition accumulateWordCount() {
        return FunctionDefinition.analytic(AccumulateWordCount.NAME, AccumulateWordCount::new)
                .doc("Counts the words of the texts of all rows so far; NULL has none.")
                .parameter("text", DataType.VARCHAR)
                .parameter("separator", DataType.VARCHAR)
                .result(DataType.BIGINT)
                .check(SampleFunctions::separatorProblem)
                .example("accumulatewordcount('my first words', ' ') = 3")
                .build();
    }

    private static @Nullable String separatorProblem(List<Argument> arguments) {
        Argument separator = arguments.get(1);
        return separator.literal() && separator.value() instanceof String
                ? null
                : "Argument 2 of '" + AccumulateWordCount.NAME + "' ('separator') takes a constant text, not '"
                        + separator.text() + "'";
    }
}
