package io.varuna.plugin.functions.array;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Functions that make arrays of values, and texts of arrays. */
@Component
public final class ArrayConstruction implements FunctionLibrary {
    /** A rule that makes longer arrays has made a mistake, and would fill the memory. */
    private static final int MOST_ELEMENTS = 1_000_000;

    private static final DataType ARRAY = DataType.array(DataType.ANY);

    @Override
    public List<FunctionDefinition> functions() {
        return List.of(arrayCreate(), arrayConcat(), arrayJoin(), repeat(), sequence());
    }

    private static FunctionDefinition arrayCreate() {
        return FunctionDefinition.scalar("array_create", () -> ArrayConstruction::arrayCreate)
                .doc("Makes an array of the arguments, without those that are NULL; NULL if all are.")
                .parameter(Parameter.of("element", DataType.ANY).asOptional())
                .variadic()
                .calledOnNull(true)
                .result(ARRAY)
                .example("array_join(array_create(1, NULL, 2), ',') = '1,2'", "array_create(NULL) IS NULL")
                .build();
    }

    private static @Nullable Object arrayCreate(Args args) {
        List<@Nullable Object> array = new ArrayList<>(args.size());
        for (int i = 0; i < args.size(); i++) {
            if (!args.isNull(i)) {
                array.add(args.get(i));
            }
        }
        return array.isEmpty() && args.size() > 0 ? null : array;
    }

    private static FunctionDefinition arrayConcat() {
        return FunctionDefinition.scalar("array_concat", () -> ArrayConstruction::arrayConcat)
                .doc("Puts arrays one after the other; NULL is like an empty one.")
                .parameter("array", ARRAY)
                .variadic()
                .calledOnNull(true)
                .result(ARRAY)
                .example("array_join(array_concat(array_create(1), NULL, array_create(2)), ',') = '1,2'")
                .build();
    }

    private static Object arrayConcat(Args args) {
        List<@Nullable Object> all = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            if (!args.isNull(i)) {
                all.addAll(array("array_concat", args.get(i)));
            }
        }
        return all;
    }

    private static FunctionDefinition arrayJoin() {
        return FunctionDefinition.scalar("array_join", () -> ArrayConstruction::arrayJoin)
                .doc(
                        "Joins the texts of the elements with a separator; NULL is left out, or replaced by the third argument.")
                .parameter("array", ARRAY)
                .parameter("separator", DataType.VARCHAR)
                .parameter(Parameter.of("null_text", DataType.VARCHAR).asOptional())
                .result(DataType.VARCHAR)
                .example("array_join(array_create('a', 'b', 'c'), ':') = 'a:b:c'")
                .build();
    }

    private static Object arrayJoin(Args args) {
        StringJoiner text = new StringJoiner(text("separator", args.get(1)));
        String nullText = args.size() > 2 ? text("null_text", args.get(2)) : null;
        for (Object element : array("array_join", args.get(0))) {
            if (element != null) {
                text.add(Conversions.toText(element));
            } else if (nullText != null) {
                text.add(nullText);
            }
        }
        return text.toString();
    }

    private static String text(String parameter, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Elements.misfit("array_join", parameter, "a text", value);
    }

    private static FunctionDefinition repeat() {
        return FunctionDefinition.scalar("repeat", () -> ArrayConstruction::repeat)
                .doc("Makes an array that has a value a number of times.")
                .parameter("value", DataType.ANY)
                .parameter("count", DataType.BIGINT)
                .result(arguments -> DataType.array(arguments.get(0).type()))
                .example("array_join(repeat('a', 3), '') = 'aaa'")
                .build();
    }

    private static Object repeat(Args args) {
        long count = Elements.whole("repeat", "count", args.get(1));
        requireLength("repeat", count);
        return Collections.nCopies((int) count, Objects.requireNonNull(args.get(0)));
    }

    private static FunctionDefinition sequence() {
        return FunctionDefinition.scalar("sequence", () -> ArrayConstruction::sequence)
                .doc("Makes an array of the whole numbers from one to another, in steps, of 1 or -1 if left out.")
                .parameter("start", DataType.BIGINT)
                .parameter("stop", DataType.BIGINT)
                .parameter(Parameter.of("step", DataType.BIGINT).asOptional())
                .result(DataType.array(DataType.BIGINT))
                .example("array_join(sequence(1, 5, 2), ',') = '1,3,5'", "cardinality(sequence(3, 1)) = 3")
                .build();
    }

    private static Object sequence(Args args) {
        long start = Elements.whole("sequence", "start", args.get(0));
        long stop = Elements.whole("sequence", "stop", args.get(1));
        long direction = start <= stop ? 1 : -1;
        long step = args.size() > 2 ? Elements.whole("sequence", "step", args.get(2)) : direction;
        if (step == 0) {
            throw Elements.problem("Argument 'step' of 'sequence' must not be 0");
        }
        if (start != stop && Long.signum(step) != direction) {
            return List.of();
        }
        double steps = Math.floor(((double) stop - start) / step);
        requireLength("sequence", (long) (steps + 1));
        List<Long> numbers = new ArrayList<>((int) steps + 1);
        for (long i = 0; i <= steps; i++) {
            numbers.add(start + i * step);
        }
        return numbers;
    }

    private static void requireLength(String function, long length) {
        if (length < 0 || length > MOST_ELEMENTS) {
            throw Elements.problem(
                    "'" + function + "' makes 0 to " + MOST_ELEMENTS + " elements, not '" + length + "'");
        }
    }

    private static List<?> array(String function, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw Elements.misfit(function, "array", "an array", value);
    }
}
