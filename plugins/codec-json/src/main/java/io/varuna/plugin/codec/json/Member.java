package io.varuna.plugin.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A name that was seen in objects at one place of a record, with what is to be done with its values. */
final class Member {
    /** Longer names are not foreseen; their quotes and the colon count. */
    static final int LONGEST = 64;

    private final String name;
    private final int column;
    private final @Nullable Shape shape;
    private final Vocabulary vocabulary;
    private final byte[] literal;
    private final long head;
    private final long mask;
    private final int tailAt;
    private final long tail;
    private @Nullable Members inner;
    private @Nullable Member next;
    private @Nullable Member nextButOne;

    /**
     * Creates a member.
     *
     * @param column the place of its values in a row, or -1
     * @param shape what its values are to be, or null if nobody asks for them
     */
    Member(String name, int column, @Nullable Shape shape, Vocabulary vocabulary) {
        this.name = name;
        this.column = column;
        this.shape = shape;
        this.vocabulary = vocabulary;
        this.literal = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(literal, Math.max(literal.length, Long.BYTES));
        this.head = Words.at(padded, 0);
        this.mask = literal.length < Long.BYTES ? (1L << (Byte.SIZE * literal.length)) - 1 : -1;
        this.tailAt = Math.max(literal.length - Long.BYTES, 0);
        this.tail = Words.at(padded, tailAt);
    }

    String name() {
        return name;
    }

    int column() {
        return column;
    }

    @Nullable
    Shape shape() {
        return shape;
    }

    /** Returns the number of bytes that the name takes, with quotes and colon, where it is written plainly. */
    int length() {
        return literal.length;
    }

    /** Tells whether the name stands there plainly, with its colon. */
    boolean isAt(byte[] bytes, int at) {
        return ((Words.at(bytes, at) ^ head) & mask) == 0
                && ((Words.at(bytes, at + tailAt) ^ tail) & mask) == 0
                && (tailAt <= Long.BYTES
                        || Arrays.equals(bytes, at + Long.BYTES, at + tailAt, literal, Long.BYTES, tailAt));
    }

    /** Returns the one of the members that came after this one before whose name stands there, or null. */
    @Nullable
    Member follower(byte[] bytes, int at) {
        if (next != null && next.isAt(bytes, at)) {
            return next;
        }
        return nextButOne != null && nextButOne.isAt(bytes, at) ? nextButOne : null;
    }

    /** Remembers what came after this member. */
    void followedBy(Member member) {
        if (member.isPlain()) {
            if (next == null) {
                next = member;
            } else {
                nextButOne = member;
            }
        }
    }

    /** Tells whether the name can be looked for as it is: it is short and nothing in it is escaped. */
    private boolean isPlain() {
        return literal.length <= LONGEST
                && name.chars().allMatch(unit -> unit >= ' ' && unit != '"' && unit != '\\')
                && new String(literal, 1, literal.length - 3, StandardCharsets.UTF_8).equals(name);
    }

    /** Returns the members of objects that are values of this one, directly or in arrays. */
    Members inner() {
        if (inner == null) {
            inner = shape == null ? Members.skipped(vocabulary) : shape.members(vocabulary);
        }
        return inner;
    }
}
