package io.varuna.plugin.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes JSON of every kind, and what is almost JSON. */
final class RandomJson {
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "",
            "temperature",
            "a name that is longer than sixteen bytes",
            "Größe",
            "q\\\"uote",
            "t\\u0065mperature",
            "\\ud83d\\ude00",
            "x".repeat(100));
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "7",
            "-12345678",
            "123456789012345678",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "99999999999999999999999999",
            "0.1",
            "26.30",
            "123456789.123456789",
            "0.12345678901234567",
            "9007199254740993.0",
            "1e3",
            "1E-7",
            "-2.5e+10",
            "4.9e-324",
            "1.7976931348623157e308",
            "1e999",
            "0.000000000000000000000000000001");
    private static final List<String> TEXTS = List.of(
            "",
            "ok",
            "exactly8",
            "a text of more than sixteen bytes",
            "Grüße, 世界 😀",
            "\\u00fc\\n\\t\\\\\\\"\\/\\b\\f\\r",
            "half \\ud83d of a pair",
            "\\ude00\\ud83d",
            "\\ud83d\\ud83d\\ude00",
            "AQI=",
            "true",
            "12");
    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t\r\n  ");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    byte[] payload() {
        byte[] bytes = whole();
        return random.nextInt(3) == 0 ? damaged(bytes) : bytes;
    }

    byte[] whole() {
        String json = space() + (random.nextInt(8) == 0 ? records() : object(3)) + space();
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a payload of the same form, in which digits are others: mostly JSON again. */
    byte[] varied(byte[] bytes) {
        byte[] varied = bytes.clone();
        for (int i = 0; i < varied.length; i++) {
            if (varied[i] >= '1' && varied[i] <= '9') {
                varied[i] = (byte) ('1' + random.nextInt(9));
            }
        }
        return varied;
    }

    private String records() {
        StringBuilder records = new StringBuilder("[");
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            records.append(i == 0 ? "" : ",").append(space()).append(object(2)).append(space());
        }
        return records.append(']').toString();
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{").append(space());
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            object.append(i == 0 ? "" : ',' + space());
            object.append('"').append(one(NAMES)).append('"').append(space()).append(':');
            object.append(space()).append(value(depth)).append(space());
        }
        return object.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 9)) {
            case 0, 1, 2 -> number();
            case 3, 4, 5 -> '"' + text() + '"';
            case 6 -> "true";
            case 7 -> "false";
            case 8 -> "null";
            case 9 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private String array(int depth) {
        StringBuilder array = new StringBuilder("[").append(space());
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            array.append(i == 0 ? "" : ",").append(space()).append(value(depth)).append(space());
        }
        return array.append(']').toString();
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> one(NUMBERS);
            case 1 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 2 -> Double.toString(Double.longBitsToDouble(random.nextLong()))
                    .replace("NaN", "1")
                    .replace("Infinity", "2");
            default -> random.nextInt(1000) + "." + random.nextInt(100_000);
        };
    }

    private String text() {
        return random.nextInt(4) == 0 ? one(TEXTS) + one(TEXTS) : one(TEXTS);
    }

    /** Returns a payload in which one byte is another, or too much, or the end. */
    byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        byte[] odd = "\"\\{}[]:,0-.eEtfnu \u0000\u001f".getBytes(StandardCharsets.US_ASCII);
        byte replacement = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : odd[random.nextInt(odd.length)];
        switch (random.nextInt(3)) {
            case 0 -> {
                byte[] replaced = bytes.clone();
                replaced[at] = replacement;
                return replaced;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, at);
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                longer[at] = replacement;
                return longer;
            }
        }
    }

    private String space() {
        return one(SPACES);
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
