package io.varuna.testkit;

import io.varuna.api.data.Row;
import io.varuna.api.sink.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A message whose payload is encoded when it is first asked for. */
final class TestMessage implements Message {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*((?:\\.\\w+)+)\\s*}}");

    private final List<Row> rows;
    private final boolean single;
    private final MessageEncoder encoder;
    private byte @Nullable [] payload;

    TestMessage(List<Row> rows, boolean single, MessageEncoder encoder) {
        this.rows = rows;
        this.single = single;
        this.encoder = encoder;
    }

    @Override
    public ByteBuffer payload() {
        if (payload == null) {
            try {
                payload = encoder.encode(rows, single);
            } catch (RuntimeException e) {
                // says best itself what is wrong, such as that a row is read too late
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("The test's rows cannot be encoded", e);
            }
        }
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    @Override
    public List<Row> rows() {
        return rows;
    }

    @Override
    public String fill(String template) {
        Matcher matcher = VARIABLE.matcher(template);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String path) {
        Object value = rows.get(0).toMap();
        for (String name : path.substring(1).split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value == null ? "<no value>" : value.toString();
    }
}
