package io.varuna.engine.aggregate;

import io.varuna.api.data.Missing;
import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.RecordColumns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers keys in the order in which they come up. Keys are kept as {@linkplain KeyWords words} in one array, without an
 * object for each; those that have none are in a map beside it.
 */
final class GroupTable {
    private static final int NONE = -1;
    private static final int FIRST_SLOTS = 8;

    /** The table does not grow beyond this, so that all places are numbers. */
    private static final int MOST_WORDS = 1 << 30;

    private final int columns;

    /** In each slot that is taken the hash of a key, and one more than where its entry begins. */
    private long[] slots = new long[0];

    /** For each key its number, and then its words. */
    private long[] entries = new long[0];

    private int entriesEnd;

    /** Where the entry of each key begins, by number. */
    private int[] starts = new int[0];

    private int size;
    private @Nullable Map<Object, Integer> others;

    /** The values of keys whose words do not tell them, by number. */
    private @Nullable Object[] @Nullable [] values = new @Nullable Object[0][];

    GroupTable(int columns) {
        this.columns = columns;
    }

    int size() {
        return size;
    }

    /** Returns for how many keys there is room. */
    int capacity() {
        return starts.length;
    }

    /**
     * Numbers the keys in the first columns of some rows.
     *
     * @param places the places of the rows in the batch
     * @param keys the keys of the rows
     * @param firsts room for a number for each row
     * @param groups gets the numbers of the keys
     * @param room used for the words of one key at a time
     */
    void find(ColumnBatch batch, int[] places, KeyWords keys, long[] firsts, int[] groups, KeyWords room) {
        int count = keys.size();
        long[] snapshot = slots;
        if (snapshot.length > 0) {
            // all at once: the processor waits for the memory of many slots at a time
            int mask = snapshot.length - 1;
            for (int i = 0; i < count; i++) {
                firsts[i] = snapshot[keys.hash(i) & mask];
            }
            for (int i = 0; i < count; i++) {
                // the same for the entries of keys that are there, as like as not
                boolean likely = firsts[i] != 0 && (int) (firsts[i] >>> 32) == keys.hash(i);
                groups[i] = likely ? (int) entries[(int) firsts[i] - 1] : NONE;
            }
        }
        for (int i = 0; i < count; i++) {
            boolean sure = snapshot == slots && snapshot.length > 0 && firsts[i] != 0;
            int group = keys.hasWords(i) ? find(keys, i, sure ? firsts[i] : NONE) : NONE;
            if (group == NONE) {
                boolean asIs = keys.isPlain(i) && entriesEnd < MOST_WORDS;
                group = asIs ? insert(keys, i) : group(values(batch, places[i]), room);
            }
            groups[i] = group;
        }
    }

    private @Nullable Object[] values(ColumnBatch batch, int row) {
        @Nullable Object[] key = new @Nullable Object[columns];
        for (int i = 0; i < columns; i++) {
            Object value = batch.column(i).get(row);
            key[i] = value == Missing.VALUE ? null : value;
        }
        return key;
    }

    /** Numbers a key by its values; {@code room} is used for its words. */
    int group(@Nullable Object[] key, KeyWords room) {
        room.clear();
        room.add(key);
        if (!room.hasWords(0) || entriesEnd >= MOST_WORDS) {
            return other(key);
        }
        int known = find(room, 0, NONE);
        if (known != NONE) {
            return known;
        }
        int group = insert(room, 0);
        if (!room.isPlain(0)) {
            keep(group, key);
        }
        return group;
    }

    /** Tells whether a key has a number; {@code room} is used for its words. */
    boolean contains(@Nullable Object[] key, KeyWords room) {
        room.clear();
        room.add(key);
        boolean found = room.hasWords(0) && find(room, 0, NONE) != NONE;
        return found || (others != null && others.containsKey(GroupKeys.mapKey(key)));
    }

    /** Numbers the key that has a number in another table; {@code room} is used for its words. */
    int group(GroupTable other, int number, KeyWords room) {
        int start = other.starts[number];
        if (start == NONE || other.kept(number) != null || entriesEnd >= MOST_WORDS) {
            return group(other.key(number), room);
        }
        int length = (int) (other.entries[start] >>> 32);
        int hash = KeyWords.hash(other.entries, start + 1, start + 1 + length);
        int known = find(other.entries, start + 1, length, hash, NONE);
        return known == NONE ? insert(other.entries, start + 1, length, hash) : known;
    }

    private int find(KeyWords keys, int key, long first) {
        return find(keys.words(), keys.start(key), keys.length(key), keys.hash(key), first);
    }

    /** Looks for a key; {@code first} is what the first slot holds, or NONE. */
    private int find(long[] words, int from, int length, int hash, long first) {
        if (slots.length == 0) {
            return NONE;
        }
        int mask = slots.length - 1;
        int at = hash & mask;
        for (long slot = first == NONE ? slots[at] : first; slot != 0; slot = slots[at]) {
            if ((int) (slot >>> 32) == hash) {
                int start = (int) slot - 1;
                if (isKey(start, words, from, length)) {
                    return (int) entries[start];
                }
            }
            at = (at + 1) & mask;
        }
        return NONE;
    }

    private boolean isKey(int start, long[] words, int from, int length) {
        if ((int) (entries[start] >>> 32) != length) {
            return false;
        }
        if (length == 2) {
            // one number or short text, the most frequent key: a loop would cost more than what it does
            return entries[start + 1] == words[from] && entries[start + 2] == words[from + 1];
        }
        for (int i = 0; i < length; i++) {
            if (entries[start + 1 + i] != words[from + i]) {
                return false;
            }
        }
        return true;
    }

    private int insert(KeyWords keys, int key) {
        return insert(keys.words(), keys.start(key), keys.length(key), keys.hash(key));
    }

    private int insert(long[] words, int from, int length, int hash) {
        int group = number();
        int end = entriesEnd + 1 + length;
        if (end > entries.length) {
            entries = Arrays.copyOf(entries, Math.max(2 * entries.length, end));
        }
        entries[entriesEnd] = ((long) length << 32) | group;
        System.arraycopy(words, from, entries, entriesEnd + 1, length);
        starts[group] = entriesEnd;
        if (2 * size > slots.length) {
            grow();
        }
        insert(hash, entriesEnd);
        entriesEnd = end;
        return group;
    }

    private void insert(int hash, int start) {
        int mask = slots.length - 1;
        int at = hash & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = ((long) hash << 32) | (start + 1);
    }

    /** Keeps at least half of the slots free. */
    private void grow() {
        long[] before = slots;
        slots = new long[Math.max(FIRST_SLOTS, Integer.highestOneBit(size) * 4)];
        for (long slot : before) {
            if (slot != 0) {
                insert((int) (slot >>> 32), (int) slot - 1);
            }
        }
    }

    private int other(@Nullable Object[] key) {
        if (others == null) {
            others = new HashMap<>();
        }
        Object asKey = GroupKeys.mapKey(key);
        Integer known = others.get(asKey);
        if (known != null) {
            return known;
        }
        int group = number();
        starts[group] = NONE;
        others.put(asKey, group);
        keep(group, key);
        return group;
    }

    private int number() {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, Math.max(FIRST_SLOTS / 2, 2 * size));
        }
        return size++;
    }

    private void keep(int group, @Nullable Object[] key) {
        if (group >= values.length) {
            values = Arrays.copyOf(values, starts.length);
        }
        values[group] = key;
    }

    private @Nullable Object @Nullable [] kept(int group) {
        return group < values.length ? values[group] : null;
    }

    /** Returns the values of a key, as they were when it came up. */
    @Nullable
    Object[] key(int group) {
        @Nullable Object[] kept = kept(group);
        return kept == null ? KeyWords.values(entries, starts[group] + 1, columns) : kept;
    }

    /** Puts the values of a key into the first columns of the row that comes next. */
    void putKey(int group, RecordColumns rows) {
        @Nullable Object[] kept = kept(group);
        if (kept == null) {
            KeyWords.putValues(entries, starts[group] + 1, rows, columns);
            return;
        }
        for (int i = 0; i < columns; i++) {
            rows.column(i).put(rows.size(), kept[i]);
        }
    }

    /** Forgets all keys; the room is kept. */
    void clear() {
        Arrays.fill(slots, 0);
        entriesEnd = 0;
        size = 0;
        others = null;
        values = new @Nullable Object[0][];
    }
}
