package io.varuna.plugin.codec.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A name that was seen in objects at one place of a record, with what is to be done with its values. */
final class Member {
    private final String name;
    private final int column;
    private final @Nullable Shape shape;
    private final Vocabulary vocabulary;
    private final @Nullable Literal literal;
    private @Nullable Members inner;
    private @Nullable UsualForm elements;
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
        this.literal = literal(name);
    }

    /** Returns how the name is written before its value; null where it is long or something in it is escaped. */
    private static @Nullable Literal literal(String name) {
        byte[] text = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
        boolean plain = name.chars().allMatch(unit -> unit >= ' ' && unit != '"' && unit != '\\')
                && new String(text, 1, text.length - 3, StandardCharsets.UTF_8).equals(name);
        return plain && text.length <= Literal.LONGEST ? new Literal(text) : null;
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

    /** Returns the number of bytes that a foreseen name takes, with quotes and colon. */
    int length() {
        return literal == null ? 0 : literal.length();
    }

    private boolean isAt(byte[] bytes, int at) {
        return literal != null && literal.isAt(bytes, at);
    }

    /**
     * Returns one of the members that came after this one before, if its name stands at {@code at} plainly, with its colon;
     * otherwise null.
     */
    @Nullable
    Member follower(byte[] bytes, int at) {
        if (next != null && next.isAt(bytes, at)) {
            return next;
        }
        return nextButOne != null && nextButOne.isAt(bytes, at) ? nextButOne : null;
    }

    /** Remembers what came after this member. */
    void followedBy(Member member) {
        if (next == null) {
            next = member;
        } else if (next != member) {
            nextButOne = member;
        }
    }

    /** Returns how numbers in arrays that are values of this one are usually written. */
    UsualForm elements() {
        if (elements == null) {
            elements = new UsualForm();
        }
        return elements;
    }

    /** Returns the members of objects that are values of this one, directly or in arrays. */
    Members inner() {
        if (inner == null) {
            inner = shape == null ? Members.skipped(vocabulary) : shape.members(vocabulary);
        }
        return inner;
    }
}
