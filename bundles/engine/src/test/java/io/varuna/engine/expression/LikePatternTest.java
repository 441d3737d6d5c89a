package io.varuna.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    private static final long SEED = Long.getLong("varuna.seed", 1);
    private static final String[] LETTERS = {"a", "b", "\n", ".", "\\", "ä", "😀"};

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
            abc    | abc     |   | true
            abc    | ab      |   | false
            ab     | abc     |   | false
            ""     | ""      |   | true
            ""     | %       |   | true
            ""     | _       |   | false
            abc    | %       |   | true
            abc    | %%c     |   | true
            abc    | ___     |   | true
            abc    | ____    |   | false
            abc    | _%_     |   | true
            abcabc | a%abc   |   | true
            abcab  | a%abc   |   | false
            aab    | %ab     |   | true
            😀     | _       |   | true
            x😀y   | x_y     |   | true
            50%    | 50!%    | ! | true
            500    | 50!%    | ! | false
            a_b    | a!_%    | ! | true
            a!b    | a!!b    | ! | true
            %      | %%      | % | true
            """,
            delimiter = '|')
    void wildcardsStandForTextsAndCharacters(String text, String like, String escape, boolean matches) {
        assertThat(LikePattern.of(like, escape == null ? "" : escape).matches(text))
                .isEqualTo(matches);
    }

    @Test
    void equalsARegularExpressionOnAnyTextAndPattern() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = any(random, 8, LETTERS.length);
            String like = any(random, 6, LETTERS.length + 3);
            assertThat(LikePattern.of(like, "").matches(text))
                    .as("'%s' LIKE '%s', seed %d", text, like, SEED)
                    .isEqualTo(regex(like).matcher(text).matches());
        }
    }

    private static String any(Random random, int most, int letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most); length > 0; length--) {
            int letter = random.nextInt(letters);
            text.append(letter < LETTERS.length ? LETTERS[letter] : letter == LETTERS.length ? "_" : "%");
        }
        return text.toString();
    }

    private static Pattern regex(String like) {
        StringBuilder regex = new StringBuilder();
        like.codePoints()
                .forEach(letter -> regex.append(
                        letter == '%' ? ".*" : letter == '_' ? "." : Pattern.quote(Character.toString(letter))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** A search that goes back at each wildcard would not come to an end here in the lifetime of anybody. */
    @Test
    void manyWildcardsDoNotMultiplyTheSteps() {
        String text = "a".repeat(20_000);
        assertThat(LikePattern.of("%a_".repeat(12) + "b", "").matches(text)).isFalse();
        assertThat(LikePattern.of("%a_".repeat(12), "").matches(text)).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAnEscape() {
        assertThatThrownBy(() -> LikePattern.of("a", "!!"))
                .isInstanceOf(VarunaException.class)
                .hasMessage("ESCAPE takes one character, not '!!'");
        assertThatThrownBy(() -> LikePattern.of("a!", "!"))
                .isInstanceOf(VarunaException.class)
                .hasMessage("LIKE pattern 'a!' ends with its escape character");
    }
}
