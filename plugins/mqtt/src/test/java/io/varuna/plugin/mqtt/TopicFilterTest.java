package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo | [demo]",
                "a, b ,c | [a, b, c]",
                "a,a | [a]",
                "a/+,a/b | [a/+]",
                "#,a/b,$SYS/x | [#, $SYS/x]",
                "a/#,a | [a/#]",
                "a/+,+/b | [a/+, +/b]",
                "+/b,a/# | [+/b, a/#]",
                "$share/g/a,a | [$share/g/a, a]",
            })
    void readsListsWithoutWhatIsCovered(String text, String expected) {
        assertThat(TopicFilter.parseList(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "a#", "a/#/b", "a+/b", "$share/g", "$share//a"})
    void refusesWhatIsNoFilter(String text) {
        assertThatThrownBy(() -> TopicFilter.parseList(text))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith("Property 'DATASOURCE' of 'mqtt' takes ");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/c, false",
        "a/+, a/b, true",
        "a/+, a/b/c, false",
        "a/+, a, false",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "#, a/b, true",
        "#, $SYS/load, false",
        "+/load, $SYS/load, false",
        "$SYS/#, $SYS/load, true",
        "a//b, a//b, true",
        "a/+/b, a//b, true",
        "+, a, true",
        "+/+, /a, true",
        "a, a/, false",
        "a/+, a/, true",
        "$share/g/a/+, a/b, true",
    })
    void matchesTopics(String filter, String topic, boolean expected) {
        FilterTree<String> tree = new FilterTree<>();
        assertThat(tree.add(List.of(TopicFilter.parse(filter)), "owner")).isTrue();
        assertThat(tree.match(topic)).isEqualTo(expected ? "owner" : null);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/c, false",
        "a/b, a/+, true",
        "a/b, a/#, true",
        "a, a/#, true",
        "a/+, +/b, true",
        "a/+, b/+, false",
        "a/+/c, a/b/#, true",
        "a/+, a/b/c, false",
        "#, a, true",
        "a/b/c, +/b, false",
    })
    void overlapIsNoticedBothWays(String first, String second, boolean expected) {
        assertThat(overlap(first, second)).isEqualTo(expected);
        assertThat(overlap(second, first)).isEqualTo(expected);
    }

    private static boolean overlap(String first, String second) {
        FilterTree<String> tree = new FilterTree<>();
        tree.add(List.of(TopicFilter.parse(first)), "first");
        boolean overlaps = !tree.add(List.of(TopicFilter.parse(second)), "second");
        tree.remove(List.of(TopicFilter.parse(first)));
        tree.remove(List.of(TopicFilter.parse(second)));
        assertThat(tree.add(List.of(TopicFilter.parse("#")), "everything"))
                .as("whether the tree is empty again")
                .isTrue();
        return overlaps;
    }
}
