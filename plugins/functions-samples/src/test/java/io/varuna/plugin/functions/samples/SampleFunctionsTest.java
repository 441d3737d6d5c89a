package io.varuna.plugin.functions.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleFunctionsTest extends FunctionContract {
    private final AccumulateWordCount function = new AccumulateWordCount();
    private final Tally words = function.create();

    @Override
    protected FunctionLibrary library() {
        return new SampleFunctions();
    }

    @Override
    @SuppressWarnings("NullAway") // does not see the annotations of type arguments in class files
    protected List<List<@Nullable Object>> rows(FunctionDefinition definition) {
        return definition.name().equals(AccumulateWordCount.NAME)
                ? List.of(Arrays.asList("one two", " "), Arrays.asList("", " "), Arrays.asList("three", " "))
                : super.rows(definition);
    }

    private Object count(@Nullable Object text, Object separator) {
        return function.apply(words, TestArgs.of(text, separator));
    }

    @Test
    void rowsWithNullCountToo() {
        CountPlusOne count = new CountPlusOne();
        Tally rows = count.create();
        assertThat(count.result(rows)).isEqualTo(1L);
        count.add(rows, TestArgs.of(5L));
        count.add(rows, TestArgs.of((Object) null));
        assertThat(count.result(rows)).isEqualTo(3L);
        count.retract(rows, TestArgs.of(5L));
        assertThat(count.result(rows)).isEqualTo(2L);
    }

    @Test
    void wordsAreCountedOverAllRows() {
        assertThat(function.skip(words)).isEqualTo(0L);
        assertThat(count("my first words", " ")).isEqualTo(3L);
        assertThat(count(null, " ")).isEqualTo(3L);
        assertThat(count("one more", " ")).isEqualTo(5L);
        assertThat(function.skip(words)).isEqualTo(5L);
    }

    @Test
    void aWordIsWhatLiesBetweenTwoSeparators() {
        assertThat(count("", ",")).isEqualTo(1L);
        assertThat(count("a,,b,", ",")).isEqualTo(5L);
        assertThat(count("aaaa", "aa")).isEqualTo(8L);
        assertThat(count("a.b", ".")).isEqualTo(10L);
    }

    @Test
    void anEmptySeparatorCountsCharacters() {
        assertThat(count("", "")).isEqualTo(0L);
        assertThat(count("a😀é", "")).isEqualTo(3L);
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatThrownBy(() -> count(5L, " "))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("Argument 'text' of 'accumulatewordcount' takes a text, not '5'");
        assertThat(function.skip(words)).isEqualTo(0L);
    }

    @Test
    void theSeparatorIsAConstant() {
        FunctionDefinition definition = library().functions().get(2);
        Argument text = new Argument(DataType.VARCHAR, false, null, "t");
        assertThat(definition.problem(List.of(text, text)))
                .hasValue("Argument 2 of 'accumulatewordcount' ('separator') takes a constant text, not 't'");
        assertThat(definition.problem(List.of(text, new Argument(DataType.VARCHAR, true, " ", "' '"))))
                .isEmpty();
    }
}
