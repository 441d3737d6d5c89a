package io.varuna.itests.rules;

import io.varuna.itests.rules.Reference.Tree;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random expressions on declared columns {@code n, m BIGINT, d, e FLOAT, s, t STRING, f, g BOOLEAN} or on columns without
 * types: x and y of any type, the object o and the list l.
 */
final class RandomExpressions {
    private static final List<String> CALCULATIONS = List.of("+", "-", "*", "/", "%");
    private static final List<String> COMPARISONS = List.of("=", "!=", "<", "<=", ">", ">=");

    private final Random random;
    private final boolean declared;

    RandomExpressions(Random random, boolean declared) {
        this.random = random;
        this.declared = declared;
    }

    Tree any(int depth) {
        return pick(() -> number(depth), () -> text(depth), () -> condition(depth), () -> chosen(depth));
    }

    private Tree chosen(int depth) {
        if (depth == 0) {
            return declared ? number(0) : untyped();
        }
        return pick(
                () -> new Reference.Case(condition(depth - 1), number(depth - 1), number(depth - 1)),
                () -> new Reference.Case(condition(depth - 1), text(depth - 1), text(depth - 1)),
                () -> new Reference.Coalesce(number(depth - 1), number(depth - 1)),
                () -> new Reference.Coalesce(text(depth - 1), text(depth - 1)));
    }

    private Tree untyped() {
        return pick(
                () -> column(List.of("x", "y", "missing"), Reference.Type.OTHER),
                () -> new Reference.Member(
                        column(List.of("o", "o", "x", "l"), Reference.Type.OTHER), pickOf(List.of("k", "j"))),
                () -> new Reference.Element(
                        column(List.of("l", "l", "x"), Reference.Type.OTHER), pickOf(List.of(1L, 2L, 3L, -1L, -3L))));
    }

    Tree number(int depth) {
        if (depth == 0) {
            return pick(
                    () -> declared ? column(List.of("n", "m"), Reference.Type.WHOLE) : untyped(),
                    () -> declared ? column(List.of("d", "e"), Reference.Type.FRACTION) : untyped(),
                    () -> new Reference.Constant((long) random.nextInt(5)),
                    () -> new Reference.Constant(pickOf(List.of(0.5, 2.25, 0.0, 9007199254740992.0))),
                    () -> new Reference.Constant(9223372036854775807L));
        }
        return pick(
                () -> number(0),
                () -> new Reference.Calculation(pickOf(CALCULATIONS), number(depth - 1), number(depth - 1)),
                () -> new Reference.Calculation(pickOf(CALCULATIONS), number(depth - 1), number(0)),
                () -> new Reference.Negative(number(depth - 1)),
                () -> new Reference.Coalesce(number(depth - 1), number(0)),
                () -> new Reference.Case(condition(depth - 1), number(depth - 1), number(0)));
    }

    private Tree text(int depth) {
        if (depth == 0) {
            return pick(
                    () -> declared ? column(List.of("s", "t"), Reference.Type.OTHER) : untyped(),
                    () -> new Reference.Constant(pickOf(List.of("", "a", "ab", "B", "\u00e4"))));
        }
        return pick(
                () -> text(0),
                // joining turns other types into texts, of which other pages tell
                () -> declared
                        ? new Reference.Joined(text(depth - 1), text(depth - 1))
                        : new Reference.Coalesce(text(depth - 1), text(0)),
                () -> new Reference.Case(condition(depth - 1), text(depth - 1), text(0)));
    }

    Tree condition(int depth) {
        if (depth == 0) {
            return pick(
                    () -> declared ? column(List.of("f", "g"), Reference.Type.OTHER) : untyped(),
                    () -> new Reference.Constant(random.nextBoolean()));
        }
        boolean not = random.nextBoolean();
        return pick(
                () -> condition(0),
                () -> new Reference.Comparison(pickOf(COMPARISONS), number(depth - 1), number(depth - 1)),
                () -> new Reference.Comparison(pickOf(COMPARISONS), text(depth - 1), text(depth - 1)),
                () -> new Reference.Comparison(pickOf(List.of("=", "!=")), condition(depth - 1), condition(depth - 1)),
                () -> new Reference.Junction(pickOf(List.of("AND", "OR")), condition(depth - 1), condition(depth - 1)),
                () -> new Reference.Junction(pickOf(List.of("AND", "OR")), condition(depth - 1), condition(depth - 1)),
                () -> new Reference.Not(condition(depth - 1)),
                () -> new Reference.Is(any(depth - 1), not, null),
                () -> new Reference.Is(condition(depth - 1), not, random.nextBoolean()),
                () -> new Reference.Between(number(depth - 1), not, number(0), number(0)),
                () -> new Reference.In(number(depth - 1), not, List.of(number(0), number(0))),
                () -> new Reference.In(text(depth - 1), not, List.of(text(0), text(0), text(0))),
                () -> new Reference.Like(text(depth - 1), not, pickOf(List.of("%", "a%", "_", "%b", "", "A"))),
                () -> new Reference.Case(condition(depth - 1), condition(depth - 1), condition(0)));
    }

    private Tree column(List<String> names, Reference.Type type) {
        return new Reference.Column(pickOf(names), type);
    }

    @SafeVarargs
    private Tree pick(Supplier<Tree>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private <T> T pickOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
