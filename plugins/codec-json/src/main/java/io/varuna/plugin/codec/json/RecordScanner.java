package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.data.Column;
import io.varuna.api.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects into the columns of a schema. While records have the form of earlier ones, they are read along that {@link
 * Template}; from where one differs on, name by name.
 */
final class RecordScanner {
    private static final int LONGEST_PATIENCE = 4_096;
    private static final int NOWHERE = -1;
    /** The whole of a larger record is read at once, so that a batch does not keep too many bytes. */
    private static final int LARGEST_LATE = 1 << 16;

    private static final int DEEPEST_LATE = 1_000;

    private final Payload payload;
    private final TextScanner text;
    private final NumberScanner number;
    private final ValueScanner values;
    private final CellScanner cells;
    private final Members members;
    private final List<String> columns;
    private final @Nullable WholeRecords whole;
    private final @Nullable WholeRecords later;
    private @Nullable Template template;
    /** Where the values of the template ended in the record that is being read, except in stretches that fit. */
    private final int[] ends = new int[Template.MOST_SLOTS];

    /** Where the stretches began in that record that fit. */
    private final int[] begins = new int[Template.MOST_SLOTS + 1];

    /** How many records were read along the template. */
    private long records;

    private int surprises;
    private int patience = 8;

    /** Creates a scanner for what is loaded into the payload. */
    RecordScanner(Payload payload, Schema schema, boolean exact, int maxDepth) {
        this.payload = payload;
        this.text = new TextScanner(payload);
        this.number = new NumberScanner(payload, canWait(schema, maxDepth));
        this.values = new ValueScanner(payload, text, number, maxDepth);
        this.cells = new CellScanner(payload, text, number, values);
        this.members = Members.of(schema, Shape.of(schema, exact), null, new Vocabulary());
        this.columns = schema.names();
        this.whole = schema.open() ? new WholeRecords(payload, schema, exact, maxDepth) : null;
        this.later = canWait(schema, maxDepth) ? new WholeRecords(new Payload(), schema, exact, maxDepth) : null;
    }

    /**
     * Tells whether a whole record that is only checked at first can be read later without trouble: there is stack enough,
     * and no declared struct whose other members nobody reads either way.
     */
    private static boolean canWait(Schema schema, int maxDepth) {
        return schema.open()
                && maxDepth <= DEEPEST_LATE
                && schema.columns().stream()
                        .map(Column::type)
                        .allMatch(type -> type.fields() == null && type.element() == null);
    }

    /**
     * Reads the record that begins at {@code start}, and returns where it ends.
     *
     * @param depth 1 for a record by itself, more within arrays
     */
    int read(int start, int depth, ColumnOutput out) {
        int end = whole == null ? readColumns(start, depth, out) : readWhole(whole, start, depth, out);
        out.endRecord();
        return end;
    }

    private int readColumns(int start, int depth, ColumnOutput out) {
        Template form = template;
        if (form != null && values.allows(depth + form.deepest())) {
            return readAlong(form, start, depth, out);
        }
        return readFrom(start, start, null, depth, out);
    }

    private int readAlong(Template form, int start, int depth, ColumnOutput out) {
        byte[] bytes = payload.bytes;
        Template.Slot[] slots = form.slots();
        Stretch[] stretches = form.stretches();
        int at = start;
        records++;
        for (int i = 0; i < stretches.length; i++) {
            Stretch stretch = stretches[i];
            int misfit = stretch.misfit(bytes, at);
            if (misfit == BytePattern.FITS) {
                begins[i] = at;
                for (Stretch.Wanted wanted : stretch.wanted()) {
                    cells.read(bytes, at, wanted, out);
                }
                at += stretch.length();
            } else {
                begins[i] = NOWHERE;
                noteEnds(stretches, i);
                at = readApart(form, stretch, at, misfit, start, depth, out);
                if (at < 0) {
                    return ~at;
                }
            }
            int next = stretch.next();
            if (next < slots.length) {
                at = readSlot(bytes, at, slots[next], depth, out);
                ends[next] = at;
            }
        }
        return at;
    }

    /** Notes where values ended in stretches that fit, before one that does not. */
    private void noteEnds(Stretch[] stretches, int before) {
        for (int i = 0; i < before; i++) {
            if (begins[i] != NOWHERE) {
                noteEnds(stretches[i], begins[i], stretches[i].next());
            }
        }
    }

    private void noteEnds(Stretch stretch, int at, int before) {
        for (int slot = stretch.first(); slot < before; slot++) {
            ends[slot] = at + stretch.end(slot);
        }
    }

    /**
     * Reads a stretch value by value, from the one on that does not fit.
     *
     * @return where it ends, or ~ the end of the record if that was read on by names
     */
    private int readApart(
            Template form, Stretch stretch, int begin, int misfit, int start, int depth, ColumnOutput out) {
        byte[] bytes = payload.bytes;
        Template.Slot[] slots = form.slots();
        // where text around values differs, the value before may have been longer
        int odd = stretch.slotAt(misfit);
        if (odd < stretch.first()) {
            return ~readOnFrom(slots, stretch.first(), start, depth, out);
        }
        noteEnds(stretch, begin, odd);
        for (Stretch.Wanted wanted : stretch.wanted()) {
            if (wanted.slot() < odd) {
                cells.read(bytes, begin, wanted, out);
            }
        }
        int oddStart = begin + stretch.start(odd);
        int at = readSlot(bytes, oddStart, slots[odd], depth, out);
        boolean other = misfit < stretch.end(odd) || at != begin + stretch.end(odd);
        if (other && slots[odd].sample().surprised(bytes, oddStart, at, records)) {
            form.renewStretches();
        }
        ends[odd] = at;
        for (int i = odd + 1; i <= stretch.next(); i++) {
            Literal literal = i < slots.length ? slots[i].before() : form.end();
            if (!literal.isAt(bytes, at)) {
                return ~readOnFrom(slots, i, start, depth, out);
            }
            at += literal.length();
            if (i < stretch.next()) {
                at = readSlot(bytes, at, slots[i], depth, out);
                ends[i] = at;
            }
        }
        return at;
    }

    /** Reads on by names from a slot of the template on: after the last value of the record itself that was where it should. */
    private int readOnFrom(Template.Slot[] slots, int from, int start, int depth, ColumnOutput out) {
        for (int i = from - 1; i >= 0; i--) {
            Template.Slot slot = slots[i];
            if (slot.level() == 0) {
                return readFrom(slot.quoted() ? ends[i] + 1 : ends[i], start, slot, depth, out);
            }
        }
        return readFrom(start, start, null, depth, out);
    }

    private int readSlot(byte[] bytes, int at, Template.Slot slot, int depth, ColumnOutput out) {
        Usual usual = slot.usual();
        return usual == null ? readWanted(bytes, at, slot, depth, out) : skipSlot(bytes, at, slot, usual, depth);
    }

    private int readWanted(byte[] bytes, int at, Template.Slot slot, int depth, ColumnOutput out) {
        Member member = slot.member();
        // a slot that is not skipped has a shape
        Shape shape = Objects.requireNonNull(member.shape());
        NumberForm form = slot.form().number();
        if (form != null && form.isReadable()) {
            if (form.isAt(bytes, at)) {
                return cells.read(bytes, at, form, shape, member.column(), out);
            }
            int end = cells.read(bytes, at, shape, member, depth, out);
            slot.form().surprised(bytes, at, end, false, records);
            return end;
        }
        return cells.read(bytes, at, shape, member, depth, out);
    }

    /** Returns where a value ends, before its quote if it has one. */
    private int skipSlot(byte[] bytes, int at, Template.Slot slot, Usual usual, int depth) {
        int usualEnd = usual.end(bytes, at);
        if (usualEnd >= 0) {
            return usualEnd;
        }
        int end =
                slot.quoted() ? text.skip(bytes, at) - 1 : values.skip(bytes, at, slot.member(), depth + slot.level());
        usual.changed(bytes, at, end, slot.quoted(), records);
        return end;
    }

    /**
     * Reads on by names.
     *
     * @param known where the last value ends that was where the template has it
     * @param last what that value was; null if there was none
     */
    private int readFrom(int known, int start, Template.@Nullable Slot last, int depth, ColumnOutput out) {
        int end = last == null
                ? readOn(values.enterObject(start, depth), members.start(), depth, out)
                : readOn(values.afterMember(payload.bytes, known), last.member(), depth, out);
        wonder(start);
        return end;
    }

    private int readOn(int from, Member last, int depth, ColumnOutput out) {
        byte[] bytes = payload.bytes;
        Member previous = last;
        int at = from;
        while (at >= 0) {
            Member member = members.next(payload, text, at, previous);
            Shape shape = member.shape();
            at = values.afterMember(
                    bytes,
                    shape == null
                            ? values.skip(bytes, members.valueAt(), member, depth)
                            : cells.read(bytes, members.valueAt(), shape, member, depth, out));
            previous = member;
        }
        return ~at;
    }

    /** Takes the form of a record as the one to expect, if there were enough surprises; the more were learned, the later. */
    private void wonder(int start) {
        surprises++;
        if (surprises >= patience) {
            template = new Template.Learner(payload, text, values).learn(start, members);
            records = 0;
            surprises = 0;
            patience = Math.min(2 * patience, LONGEST_PATIENCE);
        }
    }

    /** Reads a record as columns and as a whole; the whole for later where that pays. */
    private int readWhole(WholeRecords all, int start, int depth, ColumnOutput out) {
        if (later != null) {
            int end = readColumns(start, depth, out);
            if (end - start <= LARGEST_LATE) {
                out.putLate(columns.size(), payload.bytes, start, end - start, later);
                return end;
            }
        }
        int end = all.read(start, depth);
        Map<String, @Nullable Object> record = all.record();
        for (int i = 0; i < columns.size(); i++) {
            if (record.containsKey(columns.get(i))) {
                CellScanner.put(i, record.get(columns.get(i)), out);
            }
        }
        out.putObject(columns.size(), record);
        return end;
    }
}
