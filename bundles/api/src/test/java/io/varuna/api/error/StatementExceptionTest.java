package io.varuna.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementExceptionTest {
    @Test
    void pointsAtThePlace() {
        var exception = new StatementException(
                StandardError.COLUMN_NOT_FOUND,
                "There is no column 'usr' in stream 'clicks'. Did you mean 'user'?",
                "SELECT usr\nFROM clicks",
                new TextRange(1, 8, 1, 10),
                null);
        assertThat(exception)
                .hasMessage("There is no column 'usr' in stream 'clicks'. Did you mean 'user'? (line 1, column 8)\n"
                        + "SELECT usr\n"
                        + "       ^^^");
        assertThat(exception.code().kind()).isEqualTo(ErrorKind.USER);
    }

    @Test
    void marksTheRestOfTheLineWhereThePlaceSpansSeveral() {
        var exception = new StatementException(
                StandardError.SYNTAX_ERROR, "Too long", "SELECT a,\n  b", new TextRange(1, 8, 2, 3), null);
        assertThat(exception.snippet()).isEqualTo("SELECT a,\n       ^^");
    }

    @Test
    void keepsTabsSoThatTheCaretStaysInPlace() {
        var exception = new StatementException(
                StandardError.SYNTAX_ERROR, "Unexpected", "\tSELECT x", new TextRange(1, 9, 1, 9), null);
        assertThat(exception.snippet()).isEqualTo("\tSELECT x\n\t       ^");
    }

    @Test
    void marksThePlaceAfterTheEnd() {
        var exception = new StatementException(
                StandardError.SYNTAX_ERROR, "More is needed", "SELECT", new TextRange(1, 7, 1, 7), null);
        assertThat(exception.snippet()).isEqualTo("SELECT\n      ^");
    }
}
