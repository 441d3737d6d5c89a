package io.varuna.runtime.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.ActionSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleDocumentTest {
    private static final String TUTORIAL =
            """
            {"id": "ruleTest", "sql": "SELECT * from demo",
             "actions": [{"log": {}, "mysql": {"url": "user:test@tcp(localhost:3307)/user", "table": "test"}}]}""";

    @Test
    void readsTheRuleOfTheTutorial() {
        RuleDocument rule = RuleDocument.parse(TUTORIAL);

        assertThat(rule.id()).isEqualTo("ruleTest");
        assertThat(rule.sql()).isEqualTo("SELECT * from demo");
        assertThat(rule.triggered()).isTrue();
        assertThat(rule.temporary()).isFalse();
        assertThat(rule.actions()).extracting(ActionSpec::name).containsExactly("log_0", "mysql_0");
        assertThat(rule.warnings()).isEmpty();
    }

    @Test
    void keepsWhatItDoesNotKnowAndWarns() {
        RuleDocument rule = RuleDocument.parse(
                """
                {"id": "r", "sql": "SELECT 1", "actions": [{"log": null}], "trigerred": false, "note": {"a": [1, null]}}""");

        assertThat(rule.json()).contains("\"trigerred\":false", "\"note\":{\"a\":[1,null]}");
        assertThat(rule.warnings())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("'trigerred' is not known and means nothing. Did you mean 'triggered'? A rule has: id,");
    }

    @Test
    void changesOnlyTheMemberThatChanges() {
        RuleDocument rule = RuleDocument.parse(TUTORIAL);

        assertThat(rule.withTriggered(true)).isSameAs(rule);
        assertThat(RuleDocument.parse(rule.withTriggered(false).json()).triggered())
                .isFalse();
        assertThat(rule.withTriggered(false).json()).startsWith("{\"id\":\"ruleTest\",\"sql\":");
    }

    @Test
    void takesTheIdFromItsAddress() {
        RuleDocument rule = RuleDocument.parse("r7", "{\"sql\": \"SELECT 1\", \"actions\": [{\"log\": {}}]}");

        assertThat(rule.id()).isEqualTo("r7");
        assertThatThrownBy(() -> RuleDocument.parse("other", TUTORIAL))
                .hasMessage(
                        "The rule is addressed as 'other' but says its id is 'ruleTest'. Leave the id out, or use the"
                                + " same");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {                                                     | is not valid JSON (line 1, column
                    []                                                    | must be a JSON object
                    {} {}                                                 | must end after its last brace
                    {"id": 1}                                             | 'id' of the rule must be a text, not 1
                    {"sql": "SELECT 1"}                                   | needs an id
                    {"id": "a/b", "sql": "x"}                             | 'a/b' cannot be the name of a rule
                    {"id": "a"}                                           | needs a query in 'sql'
                    {"id": "a", "graph": {}}                              | is a graph
                    {"id": "a", "sql": "x"}                               | needs a list of actions
                    {"id": "a", "sql": "x", "actions": []}                | needs a list of actions
                    {"id": "a", "sql": "x", "actions": ["log"]}           | must be an object such as {"log": {}}
                    {"id": "a", "sql": "x", "actions": [{"log": 3}]}      | must have an object with its properties
                    {"id": "a", "sql": "x", "actions": [{"log": {}}], "options": 3}        | 'options' of rule 'a' must be an object
                    {"id": "a", "sql": "x", "actions": [{"log": {}}], "triggered": "yes"}  | 'triggered' of the rule must be true or false
                    {"id": "a", "sql": "x", "actions": [{"log": {}}], "tags": "a"}         | must be a list of texts
                    """)
    void saysWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> RuleDocument.parse(json))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"'','',true", "'','1',true", "'1','',false", "'1','1',false", "'1','2',true", "'10','9',true"})
    void supersedesAnOlderVersion(String old, String version, boolean expected) {
        assertThat(withVersion(version).supersedes(withVersion(old))).isEqualTo(expected);
    }

    private static RuleDocument withVersion(String version) {
        return RuleDocument.parse("{\"id\": \"r\", \"version\": \"" + version
                + "\", \"sql\": \"SELECT 1\", \"actions\": [{\"log\": {}}]}");
    }
}
