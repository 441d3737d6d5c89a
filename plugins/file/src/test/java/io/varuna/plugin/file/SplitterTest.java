package io.varuna.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.error.VarunaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found block by block is what is found when one byte is looked at after the other. */
class SplitterTest {
    private static final String LINES = "ab\"\",\n\r\n";
    private static final String JSON = "[]{}\"\"\\,: \n1a";
    private static final int RUNS = 20_000;

    private final long seed = Long.getLong("varuna.seed", 1);
    private final Random random = new Random(seed);

    /** A record, and where to read on after it. */
    private record Found(String text, long offset) {}

    @Test
    void linesAreThoseThatAreFoundByteByByte() throws IOException {
        for (int i = 0; i < RUNS; i++) {
            byte[] file = content(LINES);
            int delimiter = random.nextBoolean() ? ',' : LineSplitter.NO_CELLS;
            int ignored = random.nextInt(4);
            assertThat(split(new LineSplitter(delimiter, ignored), file, 0))
                    .as("seed %d, '%s', delimiter %d, ignored %d", seed, text(file), delimiter, ignored)
                    .isEqualTo(plainLines(file, delimiter, ignored));
        }
    }

    @Test
    void valuesAreThoseThatAreFoundByteByByte() throws IOException {
        for (int i = 0; i < RUNS; i++) {
            byte[] file = random.nextBoolean() ? content(JSON) : array();
            boolean array = random.nextInt(3) > 0;
            assertThat(split(new JsonSplitter(array, false), file, 0))
                    .as("seed %d, '%s', array %s", seed, text(file), array)
                    .isEqualTo(new PlainValues(file, array).all());
        }
    }

    @Test
    void readingGoesOnAfterAnyRecord() throws IOException {
        for (int i = 0; i < RUNS / 10; i++) {
            byte[] file = array();
            List<Found> all = split(new JsonSplitter(true, false), file, 0);
            for (int k = 0; k < all.size(); k++) {
                long offset = all.get(k).offset();
                if (offset >= 0) {
                    assertThat(split(new JsonSplitter(true, true), file, (int) offset))
                            .as("seed %d, '%s' from %d", seed, text(file), offset)
                            .isEqualTo(all.subList(k + 1, all.size()));
                }
            }
        }
    }

    @Test
    void linesAreSkippedWhateverIsInThem() throws IOException {
        for (int i = 0; i < RUNS / 10; i++) {
            byte[] file = content(LINES);
            int lines = random.nextInt(5);
            try (ByteInput input = input(file, 0)) {
                LineSplitter.skip(input, lines);
                int offset = 0;
                for (int left = lines; left > 0 && offset < file.length; offset++) {
                    left -= file[offset] == '\n' ? 1 : 0;
                }
                assertThat(input.offset()).as("seed %d, '%s'", seed, text(file)).isEqualTo(offset);
            }
        }
    }

    private byte[] content(String letters) {
        StringBuilder content = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            content.append(letters.charAt(random.nextInt(letters.length())));
        }
        return content.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an array that is mostly whole. */
    private byte[] array() {
        List<String> values = List.of("{\"a\":\"],}\\\"\"}", "[1,[2]]", "{}", "12", "\"x\\\\\"", "null", "\"\"");
        StringBuilder content = new StringBuilder(" [");
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            content.append(i == 0 ? "" : random.nextInt(20) == 0 ? " " : ", ");
            content.append(values.get(random.nextInt(values.size())));
        }
        content.append(random.nextInt(10) == 0 ? "" : "]\n").append(random.nextInt(10) == 0 ? "x" : "");
        return content.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ByteInput input(byte[] file, int from) {
        return new ByteInput(new ByteArrayInputStream(file, from, file.length - from), from, 1 + random.nextInt(20));
    }

    /** Returns what a splitter finds, and last of all what it says is wrong, if anything, at offset -1. */
    private List<Found> split(Splitter splitter, byte[] file, int from) throws IOException {
        List<Found> found = new ArrayList<>();
        Slices slices = new Slices();
        try (ByteInput input = input(file, from)) {
            do {
                splitter.next(input, 1 + random.nextInt(5), slices);
                for (int i = 0; i < slices.size(); i++) {
                    byte[] record = new byte[slices.view(i).remaining()];
                    slices.view(i).get(record);
                    found.add(new Found(text(record), slices.offset(i)));
                }
            } while (slices.size() > 0);
        } catch (VarunaException e) {
            found.add(new Found(String.valueOf(e.getMessage()), -1));
        }
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<Found> plainLines(byte[] file, int delimiter, int ignored) {
        List<Found> lines = new ArrayList<>();
        int at = 0;
        while (at < file.length) {
            int start = at;
            boolean quoted = false;
            boolean cellStart = delimiter != LineSplitter.NO_CELLS;
            while (at < file.length && (file[at] != '\n' || quoted)) {
                if (file[at] == '"' && quoted) {
                    quoted = at + 1 < file.length && file[at + 1] == '"';
                    at += quoted ? 1 : 0;
                } else if (file[at] == '"' && cellStart) {
                    quoted = true;
                }
                cellStart = file[at] == delimiter && !quoted;
                at++;
            }
            int end = at > start && file[at - 1] == '\r' ? at - 1 : at;
            at = Math.min(at + 1, file.length);
            if (end > start) {
                lines.add(new Found(new String(file, start, end - start, StandardCharsets.UTF_8), at));
            }
        }
        return lines.subList(0, Math.max(0, lines.size() - ignored));
    }

    /** Finds values byte by byte. */
    private static final class PlainValues {
        private final byte[] file;
        private final boolean array;
        private final List<Found> found = new ArrayList<>();
        private int at;

        PlainValues(byte[] file, boolean array) {
            this.file = file;
            this.array = array;
        }

        private int peek() {
            return at < file.length ? file[at] : -1;
        }

        private int skipBlanks() {
            while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
                at++;
            }
            return peek();
        }

        List<Found> all() {
            String problem = read();
            if (!problem.isEmpty()) {
                found.add(new Found(problem + ", at byte " + at, -1));
            }
            return found;
        }

        /** Reads all values and returns what is wrong then. */
        private String read() {
            skipBlanks();
            at += array && at < file.length ? 1 : 0;
            boolean separated = true;
            while (skipBlanks() >= 0) {
                if (array && peek() == ',' && !separated) {
                    separated = true;
                    at++;
                    if (skipBlanks() < 0) {
                        break;
                    }
                }
                if (array && peek() == ']') {
                    at++;
                    return skipBlanks() >= 0 ? "There is more after the array" : "";
                }
                if (!separated && array) {
                    return "There is no comma between two elements";
                }
                ByteArrayOutputStream value = new ByteArrayOutputStream();
                if (!readValue(value)) {
                    return "The file ends within a value";
                }
                found.add(new Found(value.toString(StandardCharsets.UTF_8), at));
                separated = false;
            }
            return array ? "The array is not closed" : "";
        }

        private boolean readValue(ByteArrayOutputStream value) {
            int depth = 0;
            boolean quoted = false;
            for (int c = peek(); c >= 0; c = peek()) {
                boolean ends = c <= ' ' || c == ',' || c == ']' || c == '}';
                if (!quoted && depth == 0 && value.size() > 0 && ends) {
                    break;
                }
                at++;
                value.write(c);
                if (quoted) {
                    if (c == '\\' && at < file.length) {
                        value.write(file[at]);
                        at++;
                    }
                    quoted = c != '"';
                } else if (c == '"') {
                    quoted = true;
                } else if (c == '{' || c == '[') {
                    depth++;
                } else if (c == '}' || c == ']') {
                    depth--;
                    if (depth == 0) {
                        break;
                    }
                }
            }
            return depth <= 0 && !quoted;
        }
    }
}
