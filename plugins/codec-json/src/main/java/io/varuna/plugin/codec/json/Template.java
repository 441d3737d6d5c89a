package io.varuna.plugin.codec.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record: the text between its values, names and braces and all, which is compared rather than read where the
 * next record has the same form. Values that are asked for and arrays count as one value, whatever is in them.
 */
final class Template {
    /** Longer records are read by names. */
    static final int MOST_SLOTS = 256;

    private final Slot[] slots;
    private final Literal end;
    private final int deepest;
    private Stretch[] stretches;

    /**
     * Where a value is.
     *
     * @param before the text that comes before the value, after the one before it
     * @param level how many objects within the record are around it
     * @param quoted whether it is a skipped text, with its quotes in the literals
     * @param usual what it usually is; null if somebody asks for it
     * @param form how it is usually written if it is a number that somebody asks for
     * @param sample what decides whether it is read by itself or as a part of a stretch
     */
    record Slot(
            Literal before,
            Member member,
            int level,
            boolean quoted,
            @Nullable Usual usual,
            UsualForm form,
            Sample sample) {}

    private Template(List<Slot> slots, Literal end, int deepest) {
        this.slots = slots.toArray(Slot[]::new);
        this.end = end;
        this.deepest = deepest;
        this.stretches = Stretch.of(this.slots, end);
    }

    /** Returns the stretches in order, behind each but the last one of which comes a value that varies. */
    Stretch[] stretches() {
        return stretches;
    }

    /** Makes the stretches anew, because something is known of a value that was not. */
    void renewStretches() {
        stretches = Stretch.of(slots, end);
    }

    /** Returns the values in order; nobody changes the array. */
    Slot[] slots() {
        return slots;
    }

    /** Returns the text after the last value. */
    Literal end() {
        return end;
    }

    /** Returns how many objects, or objects and an array, within the record are around one another at most. */
    int deepest() {
        return deepest;
    }

    /** Learns the form of a record, which was read before and is JSON therefore. */
    static final class Learner {
        private final Payload payload;
        private final TextScanner text;
        private final ValueScanner values;
        private final List<Slot> slots = new ArrayList<>();
        private int literalStart;
        private int deepest;
        private boolean fits = true;

        Learner(Payload payload, TextScanner text, ValueScanner values) {
            this.payload = payload;
            this.text = text;
            this.values = values;
        }

        /** Returns the form of the record at {@code start}, or null if it is not worth it: too much text between values. */
        @Nullable
        Template learn(int start, Members of) {
            literalStart = start;
            int end = object(start, of, 0);
            Literal last = literal(end);
            return fits && slots.size() <= MOST_SLOTS ? new Template(slots, last, deepest) : null;
        }

        private int object(int start, Members of, int level) {
            deepest = Math.max(deepest, level);
            Member previous = of.start();
            int at = values.enterObject(start, 1);
            while (at >= 0) {
                Member member = of.next(payload, text, at, previous);
                at = values.afterMember(payload.bytes, value(payload.skipSpace(of.valueAt()), member, level));
                previous = member;
            }
            return ~at;
        }

        private int value(int at, Member member, int level) {
            if (payload.bytes[at] == '{' && member.shape() == null) {
                return object(at, member.inner(), level + 1);
            }
            boolean skipped = member.shape() == null;
            // the value may become an array
            deepest = Math.max(deepest, level + 1);
            boolean quoted = skipped && payload.bytes[at] == '"';
            int start = quoted ? at + 1 : at;
            Literal before = literal(start);
            int end = values.skip(payload.bytes, at, member, 1);
            literalStart = quoted ? end - 1 : end;
            Usual usual = skipped ? new Usual(payload.bytes, start, literalStart) : null;
            UsualForm form = new UsualForm();
            form.learn(payload.bytes, start, literalStart, quoted);
            Sample sample = new Sample(payload.bytes, start, literalStart, quoted);
            slots.add(new Slot(before, member, level, quoted, usual, form, sample));
            return end;
        }

        /** Returns the text since the last value. */
        private Literal literal(int end) {
            int length = Math.min(end - literalStart, Literal.LONGEST);
            fits &= end - literalStart == length;
            return new Literal(Arrays.copyOfRange(payload.bytes, literalStart, literalStart + length));
        }
    }
}
