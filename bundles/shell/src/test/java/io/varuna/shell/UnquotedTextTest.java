package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnquotedTextTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "sql SELECT a > 1 FROM demo # sql 'SELECT a > 1 FROM demo'",
                "sql -n 1 select * from demo ; rule:list # sql -n 1 'select * from demo'",
                "sql SELECT a || ';' FROM demo | grep x # sql 'SELECT a || '\\'';'\\'' FROM demo'",
                "stream:create -r demo CREATE STREAM demo () WITH () # stream:create -r demo 'CREATE STREAM demo () WITH ()'",
                "sql 'SELECT * FROM demo' | grep x # sql 'SELECT * FROM demo'",
                "stream:create -f create.sql # stream:create -f create.sql",
            })
    void statementIsQuotedUnlessItIsAlready(String line, String quoted) {
        Parser parser = new UnquotedStatement();

        assertThat(parser.preprocess(null, parser.parse(null, line, line.length())))
                .isEqualTo(quoted);
    }

    @Test
    void statementsAndRulesAreTakenWithoutQuotes() throws Exception {
        assertThat(shell.run("stream:create CREATE STREAM other (a BIGINT) WITH (DATASOURCE=\"other\", KEY='a')"))
                .isEqualTo("Stream other is created.\n");
        assertThat(shell.run("stream:show other"))
                .isEqualTo("CREATE STREAM other (a BIGINT) WITH (DATASOURCE=\"other\", KEY='a')\n");
        String rule =
                "{\"id\": \"r9\", \"sql\": \"SELECT 'x' FROM demo WHERE a > 1 | 2\", \"actions\": [{\"log\": {}}]}";
        assertThat(shell.run("rule:create " + rule + "; rule:drop hot"))
                .isEqualTo("Rule 'new' is created.\nRule 'hot' is dropped.\n");
        assertThat(shell.rules.created()).isEqualTo(rule);
        assertThatThrownBy(() -> shell.run("stream:create CRATE"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'CRATE' begins no statement");
    }

    @Test
    void statementIsCompletedAndRun() throws Exception {
        assertThat(shell.complete("sql SELECT * FROM de")).contains("demo");
        assertThat(shell.run("sql SHOW STREAMS")).isEqualTo("demo\n");
    }
}
