package io.varuna.plugin.codec.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values into objects, or skips what nobody asks for, which has to be JSON all the same. Methods take where something
 * begins and return where it ends.
 */
final class ValueScanner {
    private final Payload payload;
    private final TextScanner text;
    private final NumberScanner number;
    private final int maxDepth;
    private @Nullable Object value;
    private long arraysSkipped;

    ValueScanner(Payload payload, TextScanner text, NumberScanner number, int maxDepth) {
        this.payload = payload;
        this.text = text;
        this.number = number;
        this.maxDepth = maxDepth;
    }

    /** Returns the value that was read last. */
    @Nullable
    Object value() {
        return value;
    }

    /** Returns where the first name of an object is that begins at {@code start}, or ~ its end if it has no members. */
    int enterObject(int start, int depth) {
        checkDepth(start, depth);
        int at = payload.skipSpace(start + 1);
        return payload.bytes[at] == '}' ? ~(at + 1) : at;
    }

    /** Returns where the next name of an object is after a value, or ~ where the object ends. */
    int afterMember(byte[] bytes, int valueEnd) {
        int at = bytes[valueEnd] > ' ' ? valueEnd : payload.skipSpace(valueEnd);
        if (bytes[at] == ',') {
            at++;
            return bytes[at] > ' ' ? at : payload.skipSpace(at);
        }
        if (bytes[at] == '}') {
            return ~(at + 1);
        }
        throw payload.unexpected(at, "',' or '}'");
    }

    private int enterArray(int start, int depth) {
        checkDepth(start, depth);
        int at = payload.skipSpace(start + 1);
        return payload.bytes[at] == ']' ? ~(at + 1) : at;
    }

    private int afterElement(byte[] bytes, int valueEnd) {
        int at = bytes[valueEnd] > ' ' ? valueEnd : payload.skipSpace(valueEnd);
        if (bytes[at] == ',') {
            at++;
            return bytes[at] > ' ' ? at : payload.skipSpace(at);
        }
        if (bytes[at] == ']') {
            return ~(at + 1);
        }
        throw payload.unexpected(at, "',' or ']'");
    }

    /** Tells whether values may be nested so deeply. */
    boolean allows(int depth) {
        return depth <= maxDepth;
    }

    private void checkDepth(int at, int depth) {
        if (depth > maxDepth) {
            throw Payload.malformed(
                    "The JSON is nested deeper than " + maxDepth + " levels ('maxDepth'), at byte " + at);
        }
    }

    /** Skips the value of a member of an object that is so many levels deep. */
    int skip(byte[] bytes, int start, Member member, int depth) {
        int at = bytes[start] > ' ' ? start : payload.skipSpace(start);
        return switch (bytes[at]) {
            case '"' -> text.skip(bytes, at + 1);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number.skip(bytes, at);
            case '{' -> skipObject(bytes, at, member.inner(), depth + 1);
            case '[' -> skipArray(bytes, at, member, depth + 1);
            case 't' -> payload.skipTrue(at);
            case 'f' -> payload.skipFalse(at);
            case 'n' -> payload.skipNull(at);
            default -> throw payload.unexpected(at, "a value");
        };
    }

    private int skipObject(byte[] bytes, int start, Members members, int depth) {
        Member previous = members.start();
        int at = enterObject(start, depth);
        while (at >= 0) {
            Member member = members.next(payload, text, at, previous);
            at = afterMember(bytes, skip(bytes, members.valueAt(), member, depth));
            previous = member;
        }
        return ~at;
    }

    private int skipArray(byte[] bytes, int start, Member member, int depth) {
        arraysSkipped++;
        int at = enterArray(start, depth);
        while (at >= 0) {
            at = afterElement(
                    bytes,
                    NumberScanner.isFirst(bytes[at]) ? skipNumber(bytes, at, member) : skip(bytes, at, member, depth));
        }
        return ~at;
    }

    /** Skips a number in an array; most are written as the others. */
    private int skipNumber(byte[] bytes, int start, Member member) {
        UsualForm usual = member.elements();
        int usualEnd = usual.end(bytes, start);
        if (usualEnd >= 0) {
            return usualEnd;
        }
        int end = number.skip(bytes, start);
        usual.surprised(bytes, start, end, false, arraysSkipped);
        return end;
    }

    /** Reads the value of a member of an object that is so many levels deep. */
    int read(byte[] bytes, int start, Shape shape, Member member, int depth) {
        int at = payload.skipSpace(start);
        return switch (bytes[at]) {
            case '"' -> {
                int end = text.read(bytes, at + 1);
                value = shape.takesText() ? text.text() : shape.converted(text.text());
                yield end;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                int end = number.read(bytes, at);
                value = number(shape);
                yield end;
            }
            case '{' -> readObject(bytes, at, shape, member.inner(), depth + 1);
            case '[' -> readArray(bytes, at, shape, member, depth + 1);
            case 't' -> readBoolean(at, true, shape);
            case 'f' -> readBoolean(at, false, shape);
            case 'n' -> {
                int end = payload.skipNull(at);
                value = null;
                yield end;
            }
            default -> throw payload.unexpected(at, "a value");
        };
    }

    private @Nullable Object number(Shape shape) {
        if (number.isWhole() && shape.takesWhole()) {
            return number.longValue();
        }
        if (number.isWhole() ? shape.takesWholeAsDouble() : shape.takesDouble()) {
            return number.doubleValue();
        }
        return shape.converted(number.isWhole() ? (Object) number.longValue() : (Object) number.doubleValue());
    }

    private int readBoolean(int at, boolean read, Shape shape) {
        int end = read ? payload.skipTrue(at) : payload.skipFalse(at);
        value = shape.takesBoolean() ? (Object) read : shape.converted(read);
        return end;
    }

    private int readObject(byte[] bytes, int start, Shape shape, Members members, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        Member previous = members.start();
        int at = enterObject(start, depth);
        while (at >= 0) {
            Member member = members.next(payload, text, at, previous);
            Shape wanted = member.shape();
            if (wanted == null) {
                at = afterMember(bytes, skip(bytes, members.valueAt(), member, depth));
            } else {
                at = afterMember(bytes, read(bytes, members.valueAt(), wanted, member, depth));
                map.put(member.name(), value);
            }
            previous = member;
        }
        value = shape.takesObject() ? map : shape.converted(map);
        return ~at;
    }

    private int readArray(byte[] bytes, int start, Shape shape, Member member, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        Shape elements = shape.elements();
        int at = enterArray(start, depth);
        while (at >= 0) {
            at = afterElement(bytes, read(bytes, at, elements, member, depth));
            list.add(value);
        }
        value = shape.takesArray() ? list : shape.converted(list);
        return ~at;
    }
}
