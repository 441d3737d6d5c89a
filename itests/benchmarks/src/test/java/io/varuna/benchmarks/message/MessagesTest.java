package io.varuna.benchmarks.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"SMALL, 83, 5", "LARGE, 880, 30"})
    void haveTheSizeThatTheReportNames(Shape shape, double size, int fields) throws IOException {
        Messages messages = Messages.of(shape, 2_000, 1_000);
        assertThat(messages.meanSize()).isBetween(size * 0.97, size * 1.03);
        assertThat(JSON.readTree(messages.text(7))).hasSize(fields);
    }

    @ParameterizedTest
    @EnumSource
    void areTheSameEveryTime(Shape shape) {
        assertThat(Messages.of(shape, 100, 10).text(99))
                .isEqualTo(Messages.of(shape, 100, 10).text(99));
    }

    @ParameterizedTest
    @EnumSource
    void areLaterWhenTheyMoveOn(Shape shape) throws IOException {
        Messages messages = Messages.of(shape, 10, 10);
        long before = JSON.readTree(messages.text(7)).get("ts").asLong();
        messages.moveOn(98_765_432_101L);
        assertThat(JSON.readTree(messages.text(7)).get("ts").asLong()).isEqualTo(before + 98_765_432_101L);
    }

    @Test
    void haveAsManyKeysAsAskedFor() throws IOException {
        Messages messages = Messages.of(Shape.SMALL, 1_000, 1_000);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < messages.count(); i++) {
            keys.add(JSON.readTree(messages.text(i)).get("id").asText());
        }
        assertThat(keys).hasSize(1_000);
    }

    @Test
    void passTheConditionInTwoOfFiveCases() throws IOException {
        Messages messages = Messages.of(Shape.SMALL, 10_000, 1_000);
        int passing = 0;
        for (int i = 0; i < messages.count(); i++) {
            JsonNode message = JSON.readTree(messages.text(i));
            if (message.get("temperature").asDouble() > 20
                    && message.get("status").asText().equals("ok")) {
                passing++;
            }
        }
        assertThat(passing).isBetween(3_800, 4_200);
    }
}
