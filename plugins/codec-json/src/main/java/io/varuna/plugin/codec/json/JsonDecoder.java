package io.varuna.plugin.codec.json;

import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.ColumnOutput;
import io.varuna.api.codec.RowOutput;
import io.varuna.api.data.Schema;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads records in one pass over their bytes; columns that nobody asks for are checked, but not read. */
final class JsonDecoder implements ColumnDecoder {
    private final Payload payload = new Payload();
    private final RecordScanner records;
    private final int maxDepth;
    private final int maxSize;
    private final int width;

    JsonDecoder(JsonCodec.Config config, Schema schema) {
        this.maxDepth = config.maxDepth();
        this.maxSize = config.maxSize();
        this.width = schema.width();
        this.records = new RecordScanner(payload, schema, config.useInt64ForWholeNumber(), maxDepth);
    }

    @Override
    public void decode(ByteBuffer from, Consumer<@Nullable Object[]> out) {
        decode(from, new RowOutput(width, out));
    }

    @Override
    public void decode(ByteBuffer from, ColumnOutput out) {
        if (from.remaining() > maxSize) {
            throw Payload.malformed("The payload has " + from.remaining() + " bytes, but 'maxSize' is " + maxSize);
        }
        payload.load(from);
        int start = payload.start();
        if (start >= payload.end) {
            throw Payload.malformed("The payload is empty");
        }
        int end = payload.skipSpace(payload.bytes[start] == '[' ? readArray(start, out) : readRecord(start, 1, out));
        if (end < payload.end) {
            throw Payload.malformed(
                    "There is more after the JSON, at byte " + end + ". Several records are written as an array");
        }
    }

    private int readArray(int start, ColumnOutput out) {
        int at = payload.skipSpace(start + 1);
        if (payload.bytes[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = payload.skipSpace(readRecord(at, 2, out));
            if (payload.bytes[at] == ']') {
                return at + 1;
            }
            if (payload.bytes[at] != ',') {
                throw payload.unexpected(at, "',' or ']'");
            }
            at = payload.skipSpace(at + 1);
        }
    }

    private int readRecord(int at, int depth, ColumnOutput out) {
        if (payload.bytes[at] == '{') {
            return records.read(at, depth, out);
        }
        String kind =
                switch (payload.bytes[at]) {
                    case '"' -> "a text";
                    case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
                    case 't', 'f' -> "a boolean";
                    case 'n' -> "null";
                    case '[' -> "an array";
                    default -> throw payload.unexpected(at, "a record");
                };
        throw Payload.malformed("A record must be an object, but there is " + kind + " at byte " + at);
    }
}
