package io.varuna.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.step.Spans.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final int LENGTH = 60;

    @Test
    void onlyTheNewPartsOfASpanAreAdded() {
        Spans spans = new Spans();
        assertThat(spans.add(10, 20)).containsExactly(new Span(10, 20));
        assertThat(spans.add(30, 40)).containsExactly(new Span(30, 40));
        assertThat(spans.add(5, 50)).containsExactly(new Span(5, 10), new Span(20, 30), new Span(40, 50));
        assertThat(spans.add(5, 50)).isEmpty();
    }

    @Test
    void spansThatTouchLeaveNothingBetween() {
        Spans spans = new Spans();
        spans.add(10, 20);
        spans.add(20, 30);
        assertThat(spans.add(0, 40)).containsExactly(new Span(0, 10), new Span(30, 40));
    }

    @Test
    void addsTheSameAsASetOfTimes() {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Spans spans = new Spans();
            BitSet times = new BitSet();
            for (int i = 0; i < 12; i++) {
                int start = random.nextInt(LENGTH);
                int end = start + 1 + random.nextInt(LENGTH / 3);
                BitSet wanted = new BitSet();
                wanted.set(start, end);
                wanted.andNot(times);
                times.set(start, end);
                assertThat(spans.add(start, end))
                        .as("seed %s, round %s", seed, round)
                        .isEqualTo(spans(wanted));
                if (i == 6) {
                    spans = copied(spans);
                }
            }
        }
    }

    private static List<Span> spans(BitSet times) {
        List<Span> spans = new ArrayList<>();
        for (int start = times.nextSetBit(0); start >= 0; start = times.nextSetBit(times.nextClearBit(start))) {
            spans.add(new Span(start, times.nextClearBit(start)));
        }
        return spans;
    }

    private static Spans copied(Spans spans) {
        StateOutput out = new StateOutput();
        spans.save(out);
        Spans copy = new Spans();
        copy.load(new StateInput(out.toBytes()));
        return copy;
    }
}
