package io.varuna.plugin.functions.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.TestArgs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionFunctionsTest {
    private static FunctionDefinition function(String name) {
        return Stream.of(new TypeConversions(), new Encodings())
                .flatMap(library -> library.functions().stream())
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("NullAway") // does not see the annotations of array elements in class files
    private static @Nullable Object call(String name, @Nullable Object... arguments) throws Exception {
        return ((ScalarFunction) function(name).create()).apply(TestArgs.of(arguments));
    }

    private static Argument column() {
        return new Argument(DataType.ANY, false, null, "x");
    }

    private static Argument text(String value) {
        return new Argument(DataType.VARCHAR, true, value, "'" + value + "'");
    }

    @Test
    void castHasTheTypeThatItNames() {
        assertThat(function("cast").resultType(List.of(column(), text("bigint"))))
                .isEqualTo(DataType.BIGINT);
        assertThat(function("cast").resultType(List.of(column(), column()))).isEqualTo(DataType.ANY);
        assertThat(function("cast").problem(List.of(column(), text("test"))))
                .hasValue(
                        "Argument 2 of 'cast' ('type') takes 'bigint', 'float', 'string', 'boolean', 'datetime' or 'bytea', not 'test'");
    }

    @Test
    void castConverts() throws Exception {
        assertThat(call("cast", "Ynl0ZWE=", "bytea")).isEqualTo("bytea".getBytes(StandardCharsets.UTF_8));
        assertThat(call("cast", "2022-04-13 06:22:32", "datetime")).isEqualTo(Instant.parse("2022-04-13T06:22:32Z"));
        assertThatThrownBy(() -> call("cast", 1L, "bytea")).hasMessage("'1' (BIGINT) cannot be converted to BYTEA");
        assertThatThrownBy(() -> call("cast", 1L, "number")).hasMessageContaining("not 'number'");
    }

    @Test
    void zonesAreCheckedEarlyOrLate() throws Exception {
        Instant time = Instant.parse("2022-04-13T06:22:32.233Z");
        assertThat(call("convert_tz", time, "Asia/Shanghai")).isEqualTo("2022-04-13T14:22:32.233+08:00");
        assertThat(call("convert_tz", time, "Local")).isEqualTo("2022-04-13T06:22:32.233Z");
        assertThatThrownBy(() -> call("convert_tz", time, "Unknown"))
                .hasMessageContaining("'Unknown' is not a time zone");
        assertThat(function("convert_tz").problem(List.of(column(), text("Unknown"))))
                .isPresent();
        assertThat(function("convert_tz").problem(List.of(new Argument(DataType.BIGINT, true, 1L, "1"), text("UTC"))))
                .hasValue("Argument 1 of 'convert_tz' takes DATETIME, not '1'");
    }

    @Test
    void numbersAndTheirDigits() throws Exception {
        assertThat(call("to_seconds", Instant.ofEpochMilli(1_000_000_000_000L))).isEqualTo(1_000_000_000L);
        assertThat(call("dec2hex", 255L)).isEqualTo("0xff");
        assertThat(call("trunc", -2.55, 1L)).isEqualTo(-2.6);
        assertThatThrownBy(() -> call("hex2dec", "xyz")).hasMessageContaining("takes hexadecimal digits, not 'xyz'");
        assertThatThrownBy(() -> call("chr", "")).hasMessageContaining("takes a character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "gzip", "flate", "zstd"})
    void whatIsCompressedIsDecompressed(String algorithm) throws Exception {
        String text = "hello world ".repeat(1_000);
        Object compressed = call("compress", text, algorithm);
        assertThat((byte[]) compressed).hasSizeLessThan(500);
        assertThat(call("decompress", compressed, algorithm)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(call("decompress", call("compress", "", algorithm), algorithm))
                .isEqualTo(new byte[0]);
        assertThatThrownBy(() -> call("decompress", "plain", algorithm)).hasMessageContaining("is not " + algorithm);
    }

    @Test
    void zlibOfOthersIsDecompressed() throws Exception {
        Object bytes = call("decode", "eJwACwD0/2hlbGxvIHdvcmxkAwAaCwRd", "base64");
        assertThat(call("decompress", bytes, "zlib")).isEqualTo("hello world".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWouldFillTheMemoryIsRefused() throws Exception {
        Object compressed = call("compress", new byte[65 * 1024 * 1024], "gzip");
        assertThatThrownBy(() -> call("decompress", compressed, "gzip"))
                .hasMessageContaining("more than 67108864 bytes");
    }

    @Test
    void unknownAlgorithmsAreNamed() {
        assertThatThrownBy(() -> call("compress", "foo", "bar")).hasMessageContaining("'zstd', not 'bar'");
        assertThat(function("decompress").problem(List.of(column(), text("bar"))))
                .isPresent();
        assertThat(function("encode").problem(List.of(column(), text("hex"))))
                .hasValue("Argument 2 of 'encode' ('encoding') takes 'base64', not 'hex'");
        assertThatThrownBy(() -> call("decode", "***", "base64")).hasMessageContaining("is not base64");
    }
}
