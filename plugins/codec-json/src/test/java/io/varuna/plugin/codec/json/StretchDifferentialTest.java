package io.varuna.plugin.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.varuna.api.codec.Decoder;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records of many values that are mostly written the same way are read as Jackson reads them. */
class StretchDifferentialTest {
    /** A 9 stands for any digit, a 1 for one that is not 0, an x for a letter, a ? for any plain character. */
    private static final List<String> FORMS = List.of(
            "9",
            "19",
            "-19",
            "19.9",
            "0.99",
            "-9.9",
            "1999999999999",
            "19999999",
            "19999999.9",
            "true",
            "false",
            "null",
            "\"\"",
            "\"x\"",
            "\"x-99/x:19 X_[]'~!\"",
            "\"????????????????\"",
            "\"???\"",
            "\"xxx \\\"x\\\" \\u00fc\\n9\"",
            "\"Größe 9\"",
            "\"" + "?".repeat(150) + "\"",
            "\"" + "?".repeat(300) + "\"",
            "[]",
            "[19.9,19.9,19.9]",
            "[ 9 , \"x\" , true ]",
            "[[9],9]",
            "[{\"k\":9}]",
            "{}",
            "{\"k\":9,\"l\":{\"m\":\"x\"}}",
            "1e9",
            "09",
            "\"x\u0001\"",
            "\"\\x\"");

    private static final List<String> NAMES =
            List.of("a", "b", "temperature", "a name that is longer than sixteen bytes", "Größe", "k", "a");
    private static final List<Schema> SCHEMAS = List.of(
            Schema.OPEN,
            JsonDecoderDifferentialTest.schema("a", DataType.ANY, "temperature", DataType.ANY),
            JsonDecoderDifferentialTest.schema("a", DataType.VARCHAR, "b", DataType.DOUBLE, "k", DataType.BIGINT),
            JsonDecoderDifferentialTest.schema("Größe", DataType.ANY, "b", DataType.TIMESTAMP));

    private final long seed = Long.getLong("varuna.seed", 1);
    private final Random random = new Random(seed);

    @Test
    void recordsOfManyValues() throws Exception {
        RandomJson json = new RandomJson(random);
        for (Schema schema : SCHEMAS) {
            Decoder ours = JsonDecoderDifferentialTest.decoder(schema, true);
            Decoder theirs = JsonDecoderDifferentialTest.reference(schema, true);
            for (int kind = 0; kind < 20; kind++) {
                List<String> forms = forms();
                for (int i = 0; i < 300; i++) {
                    if (random.nextInt(60) == 0) {
                        forms.set(random.nextInt(forms.size()), one(FORMS));
                    }
                    byte[] payload = payload(forms);
                    if (random.nextInt(8) == 0) {
                        payload = json.damaged(payload);
                    }
                    JsonDecoderDifferentialTest.agree(
                            ours, theirs, payload, "seed " + seed + ", schema " + schema + ", record " + i);
                }
            }
        }
    }

    @Test
    void recordsThatEndEarlyAreRefusedWhereverTheyEnd() throws Exception {
        String form = "{\"a\":19.9,\"b\":\"" + "?".repeat(200) + "\",\"k\":[19,19],\"temperature\":19}";
        for (Schema schema : SCHEMAS) {
            Decoder ours = JsonDecoderDifferentialTest.decoder(schema, true);
            Decoder theirs = JsonDecoderDifferentialTest.reference(schema, true);
            for (int i = 0; i < 300; i++) {
                JsonDecoderDifferentialTest.agree(ours, theirs, bytes(filled(form)), "seed " + seed);
            }
            byte[] whole = bytes(filled(form));
            for (int length = whole.length - 1; length >= 0; length--) {
                JsonDecoderDifferentialTest.agree(
                        ours, theirs, Arrays.copyOf(whole, length), "seed " + seed + ", " + length + " bytes");
            }
        }
    }

    @Test
    void whatFitsAPatternIsJsonOfTheSameLength() {
        JsonFactory jackson = new JsonFactory();
        for (int i = 0; i < 20_000; i++) {
            String value = filled(one(FORMS));
            byte[] sample = bytes(value);
            PatternLearner learner = new PatternLearner();
            learner.addSame(bytes("[ "));
            if (!isJson(jackson, sample) || !learner.addValue(sample, false)) {
                continue;
            }
            learner.addSame(bytes(" ]"));
            BytePattern pattern = learner.take();
            byte[] other = new byte[sample.length + 64];
            System.arraycopy(bytes("[ " + value + " ]"), 0, other, 0, sample.length + 4);
            assertThat(pattern.misfit(other, 0)).as(value).isEqualTo(BytePattern.FITS);
            int at = 2 + random.nextInt(sample.length);
            other[at] = (byte) random.nextInt(256);
            int misfit = pattern.misfit(other, 0);
            if (misfit == BytePattern.FITS) {
                byte[] whole = Arrays.copyOf(other, sample.length + 4);
                assertThatCode(() -> parse(jackson, whole))
                        .as("seed %d, %s like %s", seed, new String(whole, StandardCharsets.UTF_8), value)
                        .doesNotThrowAnyException();
            } else {
                assertThat(misfit).as("seed %d, %s", seed, value).isEqualTo(at);
            }
        }
    }

    private static boolean isJson(JsonFactory jackson, byte[] bytes) {
        try {
            parse(jackson, bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void parse(JsonFactory jackson, byte[] bytes) throws IOException {
        try (JsonParser parser = jackson.createParser(bytes)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        }
    }

    private List<String> forms() {
        List<String> forms = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            // what is broken is rare
            forms.add(FORMS.get(random.nextInt(FORMS.size() - (random.nextInt(30) == 0 ? 0 : 3))));
        }
        return forms;
    }

    private byte[] payload(List<String> forms) {
        StringBuilder record = new StringBuilder("{");
        for (int i = 0; i < forms.size(); i++) {
            String form = random.nextInt(100) == 0 ? one(FORMS) : forms.get(i);
            String name = i < NAMES.size() ? NAMES.get(i) : "p" + i;
            record.append(i == 0 ? "" : ", ")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(filled(form));
        }
        return bytes(record.append('}').toString());
    }

    private String filled(String form) {
        String plain = "abcxyzABC019 -:/()!#~'[]^_`";
        StringBuilder text = new StringBuilder(form);
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '9' -> text.setCharAt(i, (char) ('0' + random.nextInt(10)));
                case '1' -> text.setCharAt(i, (char) ('1' + random.nextInt(9)));
                case 'x' -> text.setCharAt(
                        i, i > 0 && text.charAt(i - 1) == '\\' ? 'x' : (char) ('a' + random.nextInt(26)));
                case '?' -> text.setCharAt(i, plain.charAt(random.nextInt(plain.length())));
                default -> {
                    // stays
                }
            }
        }
        return text.toString();
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
