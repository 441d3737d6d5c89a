package io.varuna.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void linesWithoutTimeBelongToTheMomentBefore() {
        Timeline timeline = parse(
                "time  | left | right | out",
                "00:01 | a, 1 | x     |",
                "      | b, 2 |       | a, x",
                "      |      | y     | b, y",
                "!crash",
                "00:05.500 |  |       | end");
        assertThat(timeline.inputs()).containsExactly("left", "right");
        assertThat(timeline.steps()).hasSize(3);
        Timeline.Moment first = (Timeline.Moment) timeline.steps().get(0);
        assertThat(first.time()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(first.inputs()).containsExactly(List.of("a, 1", "b, 2"), List.of("x", "y"));
        assertThat(first.order()).containsExactly(0, 1, 0, 1);
        assertThat(first.outputs()).containsExactly("a, x", "b, y");
        assertThat(timeline.steps().get(1)).isEqualTo(new Timeline.Event(12, EventKind.CRASH, List.of()));
        assertThat(((Timeline.Moment) timeline.steps().get(2)).time()).isEqualTo(Instant.ofEpochMilli(5_500));
    }

    @Test
    void renderingIsStable() {
        Timeline timeline = parse(
                "time | left | out",
                "00:01 | a |",
                "| b | 1",
                "00:02 | | 2",
                "| | 3",
                "!fail sink 2",
                "01:00:00 | 'c | d' |",
                "2024-02-29T10:00:00Z | e |");
        List<String> once = timeline.render();
        assertThat(parse(once.toArray(String[]::new)).render()).isEqualTo(once);
        assertThat(once)
                .containsExactly(
                        "time                 | left    | out",
                        "00:01                | a       |",
                        "                     | b       | 1",
                        "00:02                |         | 2",
                        "                     |         | 3",
                        "!fail sink 2",
                        "01:00:00             | 'c | d' |",
                        "2024-02-29T10:00:00Z | e       |");
    }

    @Test
    void outputCanBeReplaced() {
        Timeline timeline = parse("time | in | out", "00:01 | a | old");
        Timeline.Moment moment = ((Timeline.Moment) timeline.steps().get(0)).with(List.of("x", "y"));
        assertThat(new Timeline(timeline.inputs(), timeline.output(), List.of(moment)).render())
                .containsExactly("time  | in | out", "00:01 | a  | x", "      |    | y");
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        assertThatThrownBy(() -> parse("time | in | out", "00:01 | a"))
                .hasMessageStartingWith("line 9: expected 3 columns");
        assertThatThrownBy(() -> parse("time | in | out", "!explode"))
                .hasMessage(
                        "line 9: there is no event '!explode'. Events are: !checkpoint, !crash, !restart, !end, !fail");
        assertThatThrownBy(() -> parse("time | in | out", "noon | a |"))
                .hasMessageStartingWith("line 9: 'noon' is no time");
        assertThatThrownBy(() -> parse("time | in | out", "| a |"))
                .hasMessageStartingWith("line 9: a line without a time");
        assertThatThrownBy(() -> parse()).hasMessageContaining("has no header");
    }

    private static Timeline parse(String... lines) {
        return Timeline.parse(new GoldenPage.Block(BlockKind.TIMELINE, 8, List.of(lines)));
    }
}
