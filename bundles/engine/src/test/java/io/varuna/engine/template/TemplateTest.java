package io.varuna.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, Object> DATA = new TreeMap<>(Map.of(
            "id",
            "a1",
            "t",
            20.5,
            "n",
            3L,
            "o",
            Map.of("x", 1L),
            "l",
            List.of(1L, 2L),
            "ok",
            true,
            "text",
            "a b/c&d?ä+"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "plain~plain",
                "devices/{{.id}}/state~devices/a1/state",
                "{{.o.x}} {{.n}} {{.t}}~1 3 20.5",
                "{{.gone}}~<no value>",
                "{{json .o}}~{\"x\":1}",
                "{{.o | toJson}}~{\"x\":1}",
                "{{if gt .t 20.0}}hot{{else}}cold{{end}}~hot",
                "{{if .gone}}a{{else if .ok}}b{{else}}c{{end}}~b",
                "{{range .l}}<{{.}}>{{end}}~<1><2>",
                "{{range .gone}}x{{else}}none{{end}}~none",
                "{{with .o}}{{.x}}{{$.n}}{{end}}~13",
                "{{index .l 1}} {{len .l}}~2 2",
                "{{(index .l 0)}}~1",
                "a {{- .n -}} b~a3b",
                "{{/* nothing */}}x~x",
                "{{and .ok (eq .id \"a1\")}}~true",
                "{{upper .id}}~A1",
                "{{urlquery .text}} {{urlquery .n}}~a+b%2Fc%26d%3F%C3%A4%2B 3",
                "{{.text | urlpath}}~a%20b%2Fc%26d%3F%C3%A4%2B",
                "{{print .id \"-\" .n}}~a1-3"
            })
    void placeholdersAreFilledIn(String template, String expected) {
        assertThat(Template.of(template).fill(DATA)).isEqualTo(expected);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> Template.of("{{.a"))
                .isInstanceOf(VarunaException.class)
                .hasMessage("Template '{{.a': '{{' is not closed");
        assertThatThrownBy(() -> Template.of("{{if .a}}x")).hasMessageEndingWith("a block is not closed by 'end'");
        assertThatThrownBy(() -> Template.of("{{x}}{{end}}"))
                .hasMessageContaining("there is no function 'x'. There are: and, ");
        assertThatThrownBy(() -> Template.of("{{printf \"%d\" .a}}"))
                .hasMessageContaining("there is no function 'printf'");
        assertThatThrownBy(() -> Template.of("{{.a ? .b}}")).hasMessageContaining("'? .b' is not understood");
    }

    @Test
    void templatesAreKeptAlsoAfterManyOthers() {
        for (int i = 0; i < 3_000; i++) {
            Template.of("of a rule that is gone: {{.a" + i + "}}");
        }
        assertThat(Template.of("{{.kept}}")).isSameAs(Template.of("{{.kept}}"));
    }
}
