package io.varuna.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.plan.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleOptionsTest {
    @Test
    void defaultsAreThoseOfEKuiper() {
        RuleOptions options = RuleOptions.DEFAULT;

        assertThat(options.dialect()).isEqualTo(Dialect.AUTO);
        assertThat(options.eventTime()).isFalse();
        assertThat(options.lateTolerance()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.bufferLength()).isEqualTo(1024);
        assertThat(options.qos()).isZero();
        assertThat(options.checkpointInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.saveStateAtStop()).isFalse();
        assertThat(options.schedule().always()).isTrue();
    }

    @Test
    void timesAreTextsOrMilliseconds() {
        assertThat(RuleOptions.of(Map.of("lateTolerance", 1_500)).lateTolerance())
                .isEqualTo(Duration.ofMillis(1_500));
        assertThat(RuleOptions.of(Map.of("lateTolerance", "1m30s")).lateTolerance())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(RuleOptions.of(Map.of("lateTolerance", "250")).lateTolerance())
                .isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void stateIsKeptAtTheEndWhereThereIsAQualityOfService() {
        assertThat(RuleOptions.of(Map.of("qos", 1)).saveStateAtStop()).isTrue();
        assertThat(RuleOptions.of(Map.of("qos", 1, "enableSaveStateBeforeStop", false))
                        .saveStateAtStop())
                .isFalse();
    }

    @Test
    void everyOptionOfEKuiperIsTaken() {
        RuleOptions options = RuleOptions.of(Map.of(
                "planOptimizeStrategy",
                Map.of("enableIncrementalWindow", true),
                "restartStrategy",
                Map.of("attempts", 3, "delay", 1000),
                "disableBufferFullDiscard",
                true,
                "cron",
                "0 0 * * *",
                "duration",
                "1h"));

        assertThat(options.restartAttempts()).isEqualTo(3);
        assertThat(options.schedule().duration()).isEqualTo(Duration.ofHours(1));
        assertThat(options.schedule().always()).isFalse();
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> RuleOptions.of(
                        Map.of("qoss", 1, "qos", 3, "lateTolerance", "soon", "restartStrategy", Map.of("tries", 1))))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("There is no option 'qoss'. It takes: ")
                .hasMessageContaining("Option 'qos' takes a whole number from 0 to 2, not '3'")
                .hasMessageContaining(
                        "Option 'lateTolerance' takes a time such as \"10s\" or a number of milliseconds, not 'soon'")
                .hasMessageContaining("There is no option 'restartStrategy.tries'. It takes: attempts, ");
        assertThatThrownBy(() -> RuleOptions.of(Map.of("dialect", "ansi")))
                .hasMessage("Option 'dialect' takes auto, rule or standard, not 'ansi'");
    }

    @Test
    void actionsThatStandTogetherHaveTheSamePosition() {
        List<ActionSpec> actions = ActionSpec.listOf(
                List.of(new TreeMap<>(Map.of("log", Map.of(), "mysql", Map.of("table", "t"))), Map.of("nop", Map.of())),
                "actions");

        assertThat(actions).extracting(ActionSpec::name).containsExactly("log_0", "mysql_0", "nop_1");
        assertThatThrownBy(() -> ActionSpec.listOf(List.of("log"), "actions"))
                .hasMessage("Element 0 of 'actions' must be an object such as {\"log\": {}}");
    }
}
