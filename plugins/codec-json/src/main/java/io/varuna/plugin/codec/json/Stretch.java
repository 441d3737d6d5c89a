package io.varuna.plugin.codec.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of a template one after the other that are written the same way again and again, with the text around them; after it
 * comes a value that is not, or the record ends. Immutable.
 */
final class Stretch {
    private static final Wanted[] NONE = {};

    private final BytePattern pattern;
    /** All of it where it has no values: that is compared with less ado. */
    private final @Nullable Literal literal;

    private final int first;
    private final int[] starts;
    private final int[] ends;
    private final Wanted[] wanted;

    /**
     * A value that somebody asks for.
     *
     * @param slot its place in the template
     * @param start where it begins in the stretch
     * @param form how the number is written; null for a text, with its quotes
     */
    record Wanted(int slot, int start, int length, @Nullable NumberForm form, Shape shape, int column) {
        /** Returns how to read a value like a sample; null if that takes more. */
        static @Nullable Wanted of(int slot, int start, byte[] sample, Shape shape, int column) {
            if (NumberScanner.isFirst(sample[0])) {
                NumberForm form = NumberForm.of(sample);
                boolean readable = form != null && form.isReadable();
                return readable ? new Wanted(slot, start, sample.length, form, shape, column) : null;
            }
            boolean plain = sample[0] == '"' && shape.takesText();
            for (int i = 1; i < sample.length - 1; i++) {
                plain &= sample[i] >= 0 && sample[i] != '\\';
            }
            return plain ? new Wanted(slot, start, sample.length, null, shape, column) : null;
        }
    }

    private Stretch(BytePattern pattern, Literal before, int first, int[] starts, int[] ends, Wanted[] wanted) {
        this.pattern = pattern;
        this.literal = starts.length == 0 ? before : null;
        this.first = first;
        this.starts = starts;
        this.ends = ends;
        this.wanted = wanted;
    }

    /** Takes a template apart: behind each stretch but the last one comes a value that varies. */
    static Stretch[] of(Template.Slot[] slots, Literal end) {
        List<Stretch> stretches = new ArrayList<>();
        PatternLearner pattern = new PatternLearner();
        int[] starts = new int[slots.length];
        int[] ends = new int[slots.length];
        List<Wanted> wanted = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < slots.length; i++) {
            Template.Slot slot = slots[i];
            pattern.addSame(slot.before().text());
            int start = pattern.length();
            Shape shape = slot.usual() == null ? slot.member().shape() : null;
            Wanted asked = shape == null || slot.sample().varies()
                    ? null
                    : Wanted.of(
                            i,
                            start,
                            slot.sample().value(),
                            shape,
                            slot.member().column());
            boolean steady = (shape == null || asked != null) && slot.sample().addTo(pattern);
            if (steady) {
                starts[i] = start;
                ends[i] = pattern.length();
            } else {
                stretches.add(new Stretch(
                        pattern.take(),
                        slot.before(),
                        first,
                        part(starts, first, i),
                        part(ends, first, i),
                        wanted.toArray(NONE)));
                wanted.clear();
                first = i + 1;
            }
            if (steady && asked != null) {
                wanted.add(asked);
            }
        }
        pattern.addSame(end.text());
        stretches.add(new Stretch(
                pattern.take(),
                end,
                first,
                part(starts, first, slots.length),
                part(ends, first, slots.length),
                wanted.toArray(NONE)));
        return stretches.toArray(Stretch[]::new);
    }

    private static int[] part(int[] places, int from, int to) {
        return Arrays.copyOfRange(places, from, to);
    }

    /** Returns how many bytes from {@code at} on fit before one does not, or {@link BytePattern#FITS}. */
    int misfit(byte[] bytes, int at) {
        if (literal == null) {
            return pattern.misfit(bytes, at);
        }
        return literal.isAt(bytes, at) ? BytePattern.FITS : 0;
    }

    int length() {
        return pattern.length();
    }

    /** Returns the place of the first value in the template. */
    int first() {
        return first;
    }

    /** Returns the place of the value behind the stretch in the template. */
    int next() {
        return first + starts.length;
    }

    /** Returns where in the stretch a value of the template begins. */
    int start(int slot) {
        return starts[slot - first];
    }

    /** Returns where in the stretch a value of the template ends. */
    int end(int slot) {
        return ends[slot - first];
    }

    /** Returns the last value that begins at or before a place of the stretch; one before the first value if none does. */
    int slotAt(int place) {
        int slot = next() - 1;
        while (slot >= first && start(slot) > place) {
            slot--;
        }
        return slot;
    }

    /** Returns the values that somebody asks for, in order; nobody changes the array. */
    Wanted[] wanted() {
        return wanted;
    }
}
