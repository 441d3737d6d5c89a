package io.varuna.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-01-31T12:00:00Z"), ZoneId.of("Asia/Shanghai"));

    private static @Nullable Object declared(@Nullable Object value, DataType type) {
        return Conversions.declared(value, type, "c", CLOCK);
    }

    private static @Nullable Object strict(@Nullable Object value, DataType type) {
        return Conversions.strict(value, type, "c", CLOCK, null);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12",
        "-12, -12",
        "+12, 12",
        "0x1f, 31",
        "-0x1F, -31",
        "010, 8",
        "0b101, 5",
        "0o17, 15",
        "1_000, 1000",
        "0, 0"
    })
    void wholeNumbersAreReadWithTheirPrefix(String text, long number) {
        assertThat(Conversions.toLong(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1.5", "abc", "0x", "0x-1", "9223372036854775808", "08"})
    void otherTextsAreNoWholeNumbers(String text) {
        assertThatThrownBy(() -> Conversions.toLong(text))
                .isInstanceOfSatisfying(
                        VarunaException.class, e -> assertThat(e.code()).isEqualTo(StandardError.EVALUATION_FAILED))
                .hasMessage("'%s' (STRING) cannot be converted to BIGINT", text);
    }

    @Test
    void fractionsAreCutTowardsZero() {
        assertThat(Conversions.toLong(2.9)).isEqualTo(2);
        assertThat(Conversions.toLong(-2.9)).isEqualTo(-2);
        assertThatThrownBy(() -> Conversions.toLong(Double.NaN)).hasMessageContaining("BIGINT");
        assertThatThrownBy(() -> Conversions.toLong(1e19)).hasMessageContaining("BIGINT");
    }

    @Test
    void wholeNumbersAreThoseThatBigintCanHold() {
        assertThat(List.of(5L, 5, 5.0, -0.0, Long.MAX_VALUE, -1e18)).allMatch(Conversions::isWhole);
        assertThat(List.of(5.5, 1e19, Double.NaN, "5", true)).noneMatch(Conversions::isWhole);
        assertThat(Conversions.isWhole(null)).isFalse();
    }

    @Test
    void numbersAreReadInDecimalOnly() {
        assertThat(Conversions.toDouble("-1.5e3")).isEqualTo(-1500.0);
        for (String text : List.of("NaN", "1d", " 1", "0x1p3", "1e999", "1-2", "")) {
            assertThatThrownBy(() -> Conversions.toDouble(text)).hasMessageContaining("FLOAT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1.0, 1",
        "-2.5, -2.5",
        "1e15, 1000000000000000",
        "123456789012345680, 123456789012345680",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e300, 1.5e+300",
        "-1.5e-7, -1.5e-7",
        "0.000001, 0.000001",
        "0.1, 0.1"
    })
    void doublesAreWrittenAsInJson(double value, String text) {
        assertThat(Conversions.toText(value)).isEqualTo(text);
    }

    @Test
    void everythingHasAText() {
        assertThat(Conversions.toText(true)).isEqualTo("true");
        assertThat(Conversions.toText("ä".getBytes(StandardCharsets.UTF_8))).isEqualTo("ä");
        assertThat(Conversions.toText(Instant.ofEpochMilli(1))).isEqualTo("1970-01-01T00:00:00.001Z");
        assertThat(Conversions.toText(Arrays.asList(1L, 2.0, null, "a\"\n", Map.of("k", List.of()))))
                .isEqualTo("[1,2,null,\"a\\\"\\n\",{\"k\":[]}]");
    }

    @Test
    void booleansAreReadFromNumbersAndWords() {
        assertThat(Conversions.toBoolean(0L)).isFalse();
        assertThat(Conversions.toBoolean(0.5)).isTrue();
        assertThat(Conversions.toBoolean("T")).isTrue();
        assertThat(Conversions.toBoolean("False")).isFalse();
        assertThatThrownBy(() -> Conversions.toBoolean("yes")).hasMessageContaining("BOOLEAN");
    }

    @Test
    void bytesAreBase64OrElseTheTextItself() {
        assertThat(Conversions.toBytes("Ynl0ZWE=")).isEqualTo("bytea".getBytes(StandardCharsets.UTF_8));
        assertThat(Conversions.toBytes("abc"))
                .as("base64 has padding")
                .isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
        assertThat(Conversions.toBytes("?!")).isEqualTo("?!".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Conversions.cast(1L, DataType.Kind.VARBINARY, CLOCK))
                .hasMessage("'1' (BIGINT) cannot be converted to BYTEA");
    }

    @Test
    void datetimesAreMillisecondsOrTexts() {
        assertThat(Conversions.cast(1000.0, DataType.Kind.TIMESTAMP, CLOCK)).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(Conversions.cast("2025-01-31 08:00:00", DataType.Kind.TIMESTAMP, CLOCK))
                .isEqualTo(Instant.parse("2025-01-31T00:00:00Z"));
        assertThat(Conversions.cast(Instant.ofEpochMilli(5), DataType.Kind.BIGINT, CLOCK))
                .isEqualTo(5L);
        assertThatThrownBy(() -> Conversions.cast(true, DataType.Kind.TIMESTAMP, CLOCK))
                .hasMessageContaining("DATETIME");
        assertThat(Conversions.cast(null, DataType.Kind.BIGINT, CLOCK)).isNull();
    }

    @Test
    void decodedValuesFitDeclaredColumns() {
        assertThat(declared(5.0, DataType.BIGINT)).isEqualTo(5L);
        assertThat(declared(5L, DataType.DOUBLE)).isEqualTo(5.0);
        assertThat(declared(1672568430123L, DataType.VARCHAR)).isEqualTo("1672568430123");
        assertThat(declared(0.5, DataType.BOOLEAN)).isEqualTo(true);
        assertThat(declared("f", DataType.BOOLEAN)).isEqualTo(false);
        assertThat(declared(1000L, DataType.TIMESTAMP)).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(declared("aGk=", DataType.VARBINARY)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        assertThat(declared(null, DataType.BIGINT)).isNull();
        assertThat(declared("x", DataType.ANY)).isEqualTo("x");
    }

    @Test
    void nestedValuesAreConvertedAndUndeclaredMembersLeftOut() {
        DataType type = DataType.array(DataType.struct(Schema.of(new Column("a", DataType.DOUBLE))));

        assertThat(declared(List.of(Map.of("a", 1L, "b", 2L)), type)).isEqualTo(List.of(Map.of("a", 1.0)));
        assertThat(declared(List.of(Map.of("b", 2L)), type)).isEqualTo(List.of(Map.of()));
        assertThat(declared(List.of(Map.of("a", 1L)), DataType.array(DataType.struct(Schema.OPEN))))
                .isEqualTo(List.of(Map.of("a", 1L)));
    }

    @Test
    void aMisfitIsNamedWithItsPath() {
        DataType type = DataType.struct(Schema.of(new Column("a", DataType.array(DataType.BIGINT))));

        assertThatThrownBy(() -> declared(Map.of("a", List.of(1L, "x")), type))
                .isInstanceOfSatisfying(
                        VarunaException.class, e -> assertThat(e.code()).isEqualTo(StandardError.MALFORMED_RECORD))
                .hasMessage("Column 'c.a[1]' takes BIGINT, not 'x' (STRING)");
        assertThatThrownBy(() -> declared(1.5, DataType.BIGINT))
                .hasMessage("Column 'c' takes BIGINT, not '1.5' (FLOAT)");
        assertThatThrownBy(() -> declared(true, DataType.VARCHAR)).hasMessageContaining("takes STRING");
        assertThatThrownBy(() -> declared("soon", DataType.TIMESTAMP)).hasMessageContaining("takes DATETIME");
        assertThatThrownBy(() -> declared(1L, DataType.array(DataType.BIGINT)))
                .hasMessageContaining("takes ARRAY(BIGINT)");
    }

    @Test
    void strictValidationConvertsLikeToLikeOnly() {
        assertThat(strict(5.7, DataType.BIGINT)).isEqualTo(5L);
        assertThat(strict(5L, DataType.DOUBLE)).isEqualTo(5.0);
        assertThat(strict("hi".getBytes(StandardCharsets.UTF_8), DataType.VARCHAR))
                .isEqualTo("hi");
        assertThat(strict(null, DataType.array(DataType.BIGINT))).isNull();
        assertThatThrownBy(() -> strict(null, DataType.BIGINT)).hasMessage("Column 'c' takes BIGINT, not NULL");
        assertThatThrownBy(() -> strict(1L, DataType.VARCHAR)).hasMessageContaining("takes STRING");
        assertThatThrownBy(() -> strict(1L, DataType.BOOLEAN)).hasMessageContaining("takes BOOLEAN");
        assertThat(Conversions.strict("31.01.2025", DataType.TIMESTAMP, "c", CLOCK, DateTimePattern.of("dd.MM.yyyy")))
                .isEqualTo(Instant.parse("2025-01-30T16:00:00Z"));
    }

    @Test
    void longValuesAreShortenedInMessages() {
        assertThat(Conversions.describe("x".repeat(100))).isEqualTo("'" + "x".repeat(60) + "...' (STRING)");
    }
}
