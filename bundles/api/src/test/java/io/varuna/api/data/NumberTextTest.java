package io.varuna.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "5.0, 5",
        "-2.5, -2.5",
        "26.3, 26.3",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "99999.9999, 99999.9999",
        "74.30000000000001, 74.30000000000001",
        "0.30000000000000004, 0.30000000000000004",
        "123456789.125, 123456789.125",
        "1e14, 100000000000000",
        "1e15, 1000000000000000",
        "1e20, 100000000000000000000",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "1.5e300, 1.5e+300",
        "-1e-6, -0.000001",
        "1e-7, 1e-7",
        "1.25e-7, 1.25e-7",
        "9007199254740993, 9007199254740992",
        // where Double.toString of Java 17 is longer than it has to be
        "2e23, 2e+23",
        "5.684341886080801e-14, 5.684341886080801e-14",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "NaN, NaN",
        "-Infinity, -Infinity",
    })
    void doublesAreShort(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0",
        "7",
        "-10",
        "99",
        "100",
        "-12345",
        "999999999999999999",
        "9223372036854775807",
        "-9223372036854775808"
    })
    void wholeNumbersAreExact(long value) {
        byte[] bytes = new byte[NumberText.LONGEST + 1];
        int end = NumberText.put(value, bytes, 1);
        assertThat(new String(bytes, 1, end - 1, StandardCharsets.US_ASCII)).isEqualTo(Long.toString(value));
    }

    @Test
    void wholeNumbersOfAllSizes() {
        Random random = seeded();
        byte[] bytes = new byte[NumberText.LONGEST];
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >> random.nextInt(Long.SIZE);
            int end = NumberText.put(value, bytes, 0);
            assertThat(new String(bytes, 0, end, StandardCharsets.US_ASCII)).isEqualTo(Long.toString(value));
        }
    }

    @Test
    void nothingShorterOrNearerIsTheSameDouble() {
        Random random = seeded();
        for (int i = 0; i < 30_000; i++) {
            assertShortest(Math.abs(Double.longBitsToDouble(random.nextLong())));
            assertShortest(random.nextInt(1_000_000) / Math.pow(10, random.nextInt(9)));
            assertShortest(Math.scalb(1.0, random.nextInt(2_098) - 1_074));
            assertShortest(Double.longBitsToDouble(random.nextInt(1_000)));
        }
    }

    private static void assertShortest(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return;
        }
        String text = text(value);
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
        BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
        BigDecimal exact = new BigDecimal(value);
        int digits = decimal.precision();
        if (digits > 1) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
                assertThat(shorter.doubleValue())
                        .as("%s, shorter than %s", shorter, text)
                        .isNotEqualTo(value);
            }
        }
        if (value != Math.rint(value) || value >= 1e15) {
            BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            assertThat(
                            nearest.doubleValue() == value
                                    ? nearest.subtract(exact).abs()
                                    : decimal.subtract(exact).abs())
                    .as("how far %s is away, and %s", nearest, text)
                    .isEqualByComparingTo(decimal.subtract(exact).abs());
        }
    }

    private static Random seeded() {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static String text(double value) {
        byte[] bytes = new byte[NumberText.LONGEST + 3];
        int end = NumberText.put(value, bytes, 3);
        assertThat(end).isLessThanOrEqualTo(3 + NumberText.LONGEST);
        String text = new String(bytes, 3, end - 3, StandardCharsets.US_ASCII);
        assertThat(Conversions.toText(value)).isEqualTo(text);
        return text;
    }
}
