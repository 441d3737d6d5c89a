package io.varuna.plugin.codec.json;

import io.varuna.api.codec.LateReader;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads records as maps, with all their members, from a payload of its own or of a decoder. */
final class WholeRecords implements LateReader {
    private final Payload payload;
    private final TextScanner text;
    private final ValueScanner values;
    private final Members members;
    private Map<String, @Nullable Object> record = Map.of();

    /** Creates a reader of what is loaded into a payload. */
    WholeRecords(Payload payload, Schema schema, boolean exact, int maxDepth) {
        this.payload = payload;
        this.text = new TextScanner(payload);
        this.values = new ValueScanner(payload, text, new NumberScanner(payload, false), maxDepth);
        this.members =
                Members.of(schema, Shape.of(schema, exact), new Shape(DataType.ANY, "", exact), new Vocabulary());
    }

    @Override
    public synchronized Object read(byte[] bytes, int offset, int length) {
        payload.load(ByteBuffer.wrap(bytes, offset, length));
        read(0, 1);
        return record;
    }

    /** Reads the record that begins at {@code start}, and returns where it ends. */
    int read(int start, int depth) {
        byte[] bytes = payload.bytes;
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        Member previous = members.start();
        int at = values.enterObject(start, depth);
        while (at >= 0) {
            Member member = members.next(payload, text, at, previous);
            at = values.afterMember(
                    bytes,
                    // every member has a shape
                    values.read(bytes, members.valueAt(), Objects.requireNonNull(member.shape()), member, depth));
            read.put(member.name(), values.value());
            previous = member;
        }
        record = read;
        return ~at;
    }

    /** Returns the record that was read last. */
    Map<String, @Nullable Object> record() {
        return record;
    }
}
