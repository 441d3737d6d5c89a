package io.varuna.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemberSetTest {
    private static final long SEED = Long.getLong("varuna.seed", 1);
    private static final List<Number> NUMBERS = List.of(
            0L,
            1L,
            2L,
            -0.0,
            0.5,
            1.0,
            2.0,
            Double.NaN,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x1p63,
            -0x1p63,
            1L << 53,
            0x1p53);

    /** A number is a member if it equals one, whole or not. */
    @Test
    void findsTheNumbersThatComparingFinds() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            List<Number> members = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                members.add(NUMBERS.get(random.nextInt(NUMBERS.size())));
            }
            Number sought = NUMBERS.get(random.nextInt(NUMBERS.size()));
            boolean expected = members.stream().anyMatch(member -> Values.equal(sought, member, Clock.systemUTC()));
            assertThat(MemberSet.of(members).contains(sought))
                    .as("%s in %s, -Dvaruna.seed=%s", sought, members, SEED)
                    .hasValue(expected);
        }
    }

    @Test
    void findsTexts() {
        MemberSet members = MemberSet.of(Arrays.asList("a", null, "b"));
        assertThat(members.contains("b")).hasValue(true);
        assertThat(members.contains("c")).hasValue(false);
        assertThat(members.withNull()).isTrue();
    }

    @Test
    void leavesWhatMayFailOrBeConvertedToComparing() {
        assertThat(MemberSet.of(List.of("a", 1L)).contains("a")).isEmpty();
        assertThat(MemberSet.of(List.of("a")).contains(1L)).isEmpty();
        assertThat(MemberSet.of(List.of("2026-01-01")).contains(Instant.EPOCH)).isEmpty();
    }

    @Test
    void onlyAListThatIsAskedAgainIsLookedUpIn() {
        MemberSet.Last last = new MemberSet.Last();
        List<Object> list = new ArrayList<>(List.of("a"));
        assertThat(last.again(list)).isEmpty();
        assertThat(last.again(list)).isPresent().isEqualTo(last.again(list));
        assertThat(last.again(new ArrayList<>(list))).isEmpty();
    }
}
