package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceDefaultsTest {
    private static List<PropertyProfile> read(String yaml) {
        return new SourceDefaults("etc/sources/probe.yaml", yaml).profiles("probes");
    }

    @Test
    void givesEverySectionTheCommonProperties() {
        List<PropertyProfile> profiles = read(
                """
                # of eKuiper's form
                default:
                  server: tcp://127.0.0.1:1883
                  qos: 1
                  tags: [a, b]
                  headers: {accept: json}
                  retained: true
                  token: ~
                lab: #Conf_key
                  qos: 2
                on:
                  qos: 0
                """);

        Map<String, @Nullable Object> common = new LinkedHashMap<>();
        common.put("server", "tcp://127.0.0.1:1883");
        common.put("qos", 1);
        common.put("tags", List.of("a", "b"));
        common.put("headers", Map.of("accept", "json"));
        common.put("retained", true);
        common.put("token", null);
        assertThat(profiles).extracting(PropertyProfile::name).containsExactly("default", "lab", "true");
        assertThat(profiles).allSatisfy(profile -> {
            assertThat(profile.kind()).isEqualTo(PluginKind.SOURCE);
            assertThat(profile.type()).isEqualTo("probe");
            assertThat(profile.plugin()).isEqualTo("probes");
        });
        assertThat(profiles.get(0).properties()).isEqualTo(common);
        common.put("qos", 2);
        assertThat(profiles.get(1).properties()).isEqualTo(common);
    }

    @Test
    void readsNothingFromNoSections() {
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    default:\\n  - : [  | it is not YAML that can be used in line 2, column
                    just a text        | it is not a map of sections, such as 'default', to properties
                    ''                 | it is not a map of sections, such as 'default', to properties
                    lab: 7             | it has a section 'lab' that is not a map of properties
                    a: {b: 1}\\na: {b: 2} | it is not YAML that can be used in line 2, column 1: found duplicate key a
                    a: {b: !!java.io.File [x]} | it is not YAML that can be used in line 1, column 8
                    a: &a {b: *a}      | it has values within values, more than 20 deep
                    a: {b: 2024-01-02} | which is no text, number, truth value, list or map. Put a text into quotes
                    """)
    void saysWhatIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED))
                .hasMessageStartingWith("The properties in 'etc/sources/probe.yaml' of the file cannot be read: it ")
                .hasMessageContaining(message)
                .hasMessageEndingWith(". Mend it, or leave it out");
    }

    @Test
    void refusesWhatGrowsWhenItIsRead() {
        StringBuilder bomb = new StringBuilder("a: &a0 {x: y}\n");
        for (int i = 1; i < 60; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "b%d: &a%d {l: [%s]}%n".formatted(i, i, String.join(", ", Arrays.asList(before, before, before))));
        }

        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("Number of aliases for non-scalar nodes exceeds the specified max=10");
    }
}
