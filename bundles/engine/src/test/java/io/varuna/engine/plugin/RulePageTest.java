package io.varuna.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.sink.SinkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about rules lists every option and every common property of sinks, with its default. */
class RulePageTest {
    private static final Path PAGE = Path.of("../../docs/rules.md");
    private static final Pattern ROW = Pattern.compile("\\| (`[^|]+) \\| (?:`([^|`]+)` )?\\| .+ \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z.]+)`");

    @Test
    void theExampleIsARule() throws IOException {
        String page = Files.readString(PAGE, UTF_8);
        String example = page.substring(page.indexOf("```json") + 7, page.indexOf("```\n\n| member"));
        Map<String, Object> rule = JSON.std.mapFrom(example);

        assertThat(ActionSpec.listOf(rule.get("actions"), "actions"))
                .extracting(ActionSpec::name)
                .containsExactly("log_0", "mqtt_1");
        assertThat(rule.get("options")).isEqualTo(Map.of("qos", 1, "checkpointInterval", "30s"));
        assertThat(RuleOptions.of(Map.of("qos", 1, "checkpointInterval", "30s")).saveStateAtStop())
                .isTrue();
    }

    @Test
    void everyOptionIsThere() throws IOException {
        Throwable refusal = catchThrowable(() -> RuleOptions.of(Map.of("none", 1)));
        assertThat(refusal).hasMessageContaining("There is no option 'none'. It takes: ");
        String known = String.valueOf(refusal.getMessage()).replaceFirst(".*It takes: ", "");

        assertThat(names("## Options").stream()
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .distinct())
                .containsExactlyInAnyOrder(known.split(", "));
    }

    @Test
    void optionsHaveTheDefaultsThatThePageSays() throws IOException {
        Map<String, Object> defaults = defaults("## Options");
        assertThat(defaults).containsEntry("bufferLength", 1024).hasSizeGreaterThan(14);
        defaults.forEach((name, value) ->
                assertThat(RuleOptions.of(nested(name, value))).as(name).isEqualTo(RuleOptions.DEFAULT));
    }

    private static Map<String, Object> nested(String name, Object value) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Map.of(name, value) : nested(name.substring(0, dot), Map.of(name.substring(dot + 1), value));
    }

    @Test
    void everyPropertyOfSinksIsThere() throws IOException {
        assertThat(names("## What every action takes")).containsExactlyInAnyOrderElementsOf(CommonProperties.SINK);
    }

    @Test
    void propertiesOfSinksHaveTheDefaultsThatThePageSays() throws IOException {
        Map<String, Object> defaults = defaults("## What every action takes");
        assertThat(defaults).containsEntry("format", "json").hasSizeGreaterThan(8);
        defaults.forEach(
                (name, value) -> assertThat(sink(Map.of(name, value))).as(name).isEqualTo(sink(Map.of())));
    }

    private static SinkOptions sink(Map<String, Object> properties) {
        List<String> problems = new ArrayList<>();
        SinkOptions options = SinkOptions.of(properties, RuleOptions.DEFAULT.bufferLength(), name -> false, problems);
        assertThat(problems).isEmpty();
        return options;
    }

    /** Returns the names in the first column of a chapter's table, and those that are taken without an effect. */
    private static Set<String> names(String chapter) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        rows(chapter).forEach(row -> names.addAll(namesIn(row.group(1))));
        String text = chapter(chapter);
        String ignored = text.substring(text.indexOf("taken without an"));
        names.addAll(namesIn(ignored.replaceAll("(?s)others of\\s`planOptimizeStrategy`|and `delay`.*", "")));
        return names;
    }

    private static Map<String, Object> defaults(String chapter) throws IOException {
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Matcher row : rows(chapter)) {
            if (row.group(2) != null) {
                Object value = JSON.std.anyFrom(row.group(2));
                namesIn(row.group(1)).forEach(name -> defaults.put(name, value));
            }
        }
        return defaults;
    }

    private static List<Matcher> rows(String chapter) throws IOException {
        return chapter(chapter)
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static List<String> namesIn(String text) {
        return NAME.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String chapter(String heading) throws IOException {
        String page = Files.readString(PAGE, UTF_8);
        int from = page.indexOf("\n" + heading + "\n");
        assertThat(from).as(heading).isPositive();
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, to < 0 ? page.length() : to);
    }
}
