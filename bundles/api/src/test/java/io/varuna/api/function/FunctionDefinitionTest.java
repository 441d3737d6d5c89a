package io.varuna.api.function;

import static io.varuna.api.data.DataType.ANY;
import static io.varuna.api.data.DataType.BIGINT;
import static io.varuna.api.data.DataType.DOUBLE;
import static io.varuna.api.data.DataType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionDefinitionTest {
    /** Functions as an author writes them. */
    public static final class Sample implements FunctionLibrary {
        @SqlFunction(doc = "Repeats a text.", examples = "repeat_text('ab', 2) = 'abab'")
        public static String repeatText(String text, int count) {
            return text.repeat(count);
        }

        @SqlFunction(
                name = {"join", "glue"},
                doc = "Joins texts.",
                calledOnNull = true)
        public static String join(String separator, String... parts) {
            return Stream.of(parts).filter(part -> part != null).collect(Collectors.joining(separator));
        }

        @SqlFunction(doc = "Tells the time.", deterministic = false)
        public static long millis(FunctionContext context, double factor) {
            return (long) (context.clock().millis() * factor);
        }
    }

    private static FunctionDefinition function(String name) {
        return new Sample()
                .functions().stream()
                        .filter(f -> f.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static @Nullable Object call(String name, @Nullable Object... values) throws Exception {
        return ((ScalarFunction) function(name).create()).apply(args(values));
    }

    private static Args args(@Nullable Object... values) {
        return new Args() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public @Nullable Object get(int index) {
                return values[index];
            }

            @Override
            public FunctionContext context() {
                return new FunctionContext() {
                    @Override
                    public String ruleId() {
                        return "rule";
                    }

                    @Override
                    public Clock clock() {
                        return Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);
                    }

                    @Override
                    public ZoneId zone() {
                        return ZoneOffset.UTC;
                    }
                };
            }
        };
    }

    private static Argument column(String text, DataType type) {
        return new Argument(type, false, null, text);
    }

    private static Argument literal(Object value, DataType type) {
        return new Argument(type, true, value, value.toString());
    }

    @Test
    void methodsBecomeFunctions() throws Exception {
        assertThat(function("repeat_text").signature()).isEqualTo("repeat_text(text STRING, count BIGINT)");
        assertThat(function("repeat_text").resultType(List.of())).isEqualTo(VARCHAR);
        assertThat(function("repeat_text").examples()).containsExactly("repeat_text('ab', 2) = 'abab'");
        assertThat(call("repeat_text", "ab", 3L)).isEqualTo("ababab");
    }

    @Test
    void wholeNumbersMayArriveAsDoubles() throws Exception {
        assertThat(call("repeat_text", "ab", 2.0)).isEqualTo("abab");
        assertThatThrownBy(() -> call("repeat_text", "ab", 2.5))
                .hasMessage("Argument 'count' of 'repeat_text' takes a whole number, not '2.5' (a number)");
    }

    @Test
    void lastArrayTakesAnyNumberOfArguments() throws Exception {
        assertThat(function("join").signature()).isEqualTo("join(separator STRING [, parts STRING, ...])");
        assertThat(function("join").aliases()).containsExactly("glue");
        assertThat(call("join", "-", "a", null, "b")).isEqualTo("a-b");
        assertThat(call("join", "-")).isEqualTo("");
    }

    @Test
    void contextIsNotAnArgument() throws Exception {
        assertThat(function("millis").parameters()).extracting(Parameter::name).containsExactly("factor");
        assertThat(function("millis").deterministic()).isFalse();
        assertThat(call("millis", 2L)).isEqualTo(2_000L);
    }

    @Test
    void wrongNumberOfArgumentsIsExplained() {
        assertThat(function("repeat_text").problem(List.of(column("a", ANY))))
                .hasValue("Function 'repeat_text' takes 2 arguments, not 1: repeat_text(text STRING, count BIGINT)");
        assertThat(function("join").problem(List.of()))
                .hasValueSatisfying(problem -> assertThat(problem).contains("at least 1 argument, not 0"));
    }

    @Test
    void wrongTypeIsExplained() {
        assertThat(function("repeat_text").problem(List.of(literal(5L, BIGINT), literal(5L, BIGINT))))
                .hasValue("Argument 1 of 'repeat_text' ('text') takes STRING, but '5' is BIGINT");
        assertThat(function("repeat_text").problem(List.of(column("a", ANY), literal(1.5, DOUBLE))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("('count') takes BIGINT"));
        assertThat(function("repeat_text").problem(List.of(column("a", ANY), column("b", DOUBLE))))
                .isEmpty();
    }

    @Test
    void builderDescribesEverythingElse() {
        FunctionDefinition first = FunctionDefinition.scalar("first_number", () -> args -> args.get(0))
                .alias("fst")
                .doc("Returns the first argument.")
                .parameter(Parameter.number("first"))
                .parameter(Parameter.of("second", BIGINT).asOptional())
                .result(arguments -> arguments.get(0).type())
                .check(arguments ->
                        arguments.size() == 2 && !arguments.get(1).literal() ? "'second' takes a literal" : null)
                .build();
        assertThat(first.signature()).isEqualTo("first_number(first NUMBER [, second BIGINT])");
        assertThat(first.resultType(List.of(column("x", DOUBLE)))).isEqualTo(DOUBLE);
        assertThat(first.problem(List.of(column("x", DOUBLE), column("y", BIGINT))))
                .hasValue("'second' takes a literal");
        assertThat(first.problem(List.of(column("x", VARCHAR))))
                .hasValue("Argument 1 of 'first_number' ('first') takes NUMBER, but 'x' is STRING");
        assertThat(Arrays.asList(first.calledOnNull(), first.deterministic())).containsExactly(false, true);
    }
}
