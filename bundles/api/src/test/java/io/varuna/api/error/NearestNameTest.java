package io.varuna.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("mysql", "mqtt", "log");

    @Test
    void findsOneWithSwappedWrongMissingAndNeedlessLetters() {
        assertThat(NearestName.of("mqqt", KNOWN)).contains("mqtt");
        assertThat(NearestName.of("MySLQ", KNOWN)).contains("mysql");
        assertThat(NearestName.of("mysq", KNOWN)).contains("mysql");
        assertThat(NearestName.of("loog", KNOWN)).contains("log");
    }

    @Test
    void findsNothingWhereTooManyLettersDiffer() {
        assertThat(NearestName.of("kafka", KNOWN)).isEmpty();
        assertThat(NearestName.of("mqtt", List.of())).isEmpty();
        assertThat(NearestName.of("a", List.of("b"))).isEmpty();
        assertThat(NearestName.of("mysqlx", List.of("mysql"), 0)).isEmpty();
    }

    @Test
    void takesTheFirstInAlphabeticalOrderOfThoseEquallyNear() {
        assertThat(NearestName.of("cat", List.of("hat", "bat"))).contains("bat");
    }

    @Test
    void asksForTheNearestName() {
        assertThat(NearestName.question("mqqt", KNOWN)).isEqualTo(" Did you mean 'mqtt'?");
        assertThat(NearestName.question("kafka", KNOWN)).isEmpty();
        assertThat(NearestName.question("mqtt", KNOWN)).isEmpty();
    }
}
