package io.varuna.plugin.codec.json;

import io.varuna.api.data.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of objects at one place of a record. Machines write them in the same order again and again, so each one is
 * looked for first where it was before: after the same neighbour.
 */
final class Members {
    private final Map<String, Member> known = new HashMap<>();
    private final @Nullable Shape other;
    private final Vocabulary vocabulary;
    private final Member start;
    private int valueAt;

    private Members(@Nullable Shape other, Vocabulary vocabulary) {
        this.other = other;
        this.vocabulary = vocabulary;
        this.start = new Member("", -1, null, vocabulary);
    }

    /** Members that nobody asks for. */
    static Members skipped(Vocabulary vocabulary) {
        return new Members(null, vocabulary);
    }

    /**
     * The members of a record or a struct.
     *
     * @param other what members are that are not among the columns; null if nobody asks for them
     */
    static Members of(Schema schema, List<Shape> shapes, @Nullable Shape other, Vocabulary vocabulary) {
        Members members = new Members(other, vocabulary);
        for (int i = 0; i < shapes.size(); i++) {
            String name = schema.columns().get(i).name();
            members.known.put(name, new Member(name, i, shapes.get(i), vocabulary));
        }
        return members;
    }

    /** Returns what stands for the member before the first one. */
    Member start() {
        return start;
    }

    /** Returns where the value begins of the member that {@link #next} returned last. */
    int valueAt() {
        return valueAt;
    }

    /**
     * Returns the member whose name stands at {@code at}.
     *
     * @param previous the member before it
     */
    Member next(Payload payload, TextScanner text, int at, Member previous) {
        Member foreseen = previous.follower(payload.bytes, at);
        if (foreseen == null) {
            return find(payload, text, at, previous);
        }
        valueAt = at + foreseen.length();
        return foreseen;
    }

    private Member find(Payload payload, TextScanner text, int at, Member previous) {
        if (payload.bytes[at] != '"') {
            throw payload.unexpected(at, "a name in quotes");
        }
        int colon = payload.skipSpace(text.read(payload.bytes, at + 1));
        if (!text.isWellFormed()) {
            throw Payload.malformed("Not JSON at byte " + at + ": the name has half of a surrogate pair");
        }
        if (payload.bytes[colon] != ':') {
            throw payload.unexpected(colon, "':'");
        }
        valueAt = colon + 1;
        String name = text.text();
        Member member = known.get(name);
        if (member == null) {
            member = new Member(name, -1, other, vocabulary);
            if (text.length() > Literal.LONGEST || !vocabulary.takeOne()) {
                return member;
            }
            known.put(name, member);
        }
        previous.followedBy(member);
        return member;
    }
}
