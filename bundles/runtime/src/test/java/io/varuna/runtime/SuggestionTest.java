package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("mysql", "mqtt", "log");

    @Test
    void findsTheNameThatWasMeant() {
        assertThat(Suggestion.forName("mqqt", KNOWN)).isEqualTo(" Did you mean 'mqtt'?");
        assertThat(Suggestion.forName("MySLQ", KNOWN)).isEqualTo(" Did you mean 'mysql'?");
    }

    @Test
    void isSilentWhereNothingIsClose() {
        assertThat(Suggestion.forName("kafka", KNOWN)).isEmpty();
    }

    @Test
    void listsInAlphabeticalOrder() {
        assertThat(Suggestion.list(KNOWN)).isEqualTo("log, mqtt, mysql");
        assertThat(Suggestion.list(List.of())).isEqualTo("none");
    }
}
