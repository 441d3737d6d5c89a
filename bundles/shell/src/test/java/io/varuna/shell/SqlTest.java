package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void queryShowsItsResults() throws Exception {
        assertThat(shell.run("sql -n 1 'SELECT * FROM demo'")).isEqualTo("{\"query\":\"SELECT * FROM demo\"}\n");
        assertThat(shell.rules.listeners()).isZero();
        assertThatThrownBy(() -> shell.run("sql -n few 'SELECT * FROM demo'"))
                .isInstanceOf(CommandException.class)
                .hasMessage("-n takes a number of results, such as 10, but not 'few'.");
    }

    @Test
    void statementsAboutStreamsAreCarriedOut() throws Exception {
        assertThat(shell.run("sql 'SHOW STREAMS'")).isEqualTo("demo\n");
    }

    @Test
    void promptReadsStatementsToTheirSemicolons() throws Exception {
        shell.type("CREATE STREAM typed\n() WITH ();\nSHOW STREAMS;\nquit\n");

        assertThat(shell.run("sql")).contains("Stream typed is created.").contains("\ndemo\n");
    }

    @Test
    void promptGoesOnAfterAWrongStatement() throws Exception {
        shell.type("DROP all;\nSHOW STREAMS;\nexit\n");

        assertThat(shell.run("sql"))
                .contains("'DROP' begins no statement")
                .contains("^^^^")
                .contains("\ndemo\n");
    }

    @Test
    void promptGoesOnAfterAQueryIsInterrupted() throws Exception {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread typing = new Thread(() -> {
            try {
                output.complete(shell.run("sql"));
            } catch (Exception e) {
                output.completeExceptionally(e);
            }
        });
        shell.type("SELECT temperature FROM demo;\n");
        typing.start();
        await().until(() -> shell.rules.listeners() == 1);

        shell.interruptPrompt();
        await().until(() -> shell.rules.listeners() == 0);
        shell.type("SHOW STREAMS;\nquit\n");

        assertThat(output.get())
                .contains("{\"query\":\"SELECT temperature FROM demo\"}")
                .contains("\ndemo\n");
    }

    @Test
    void statementNeedsNoQuotesIfItHasNoSignsOfTheShell() throws Exception {
        assertThat(shell.run("sql -n 1 SELECT temperature FROM demo"))
                .isEqualTo("{\"query\":\"SELECT temperature FROM demo\"}\n");
    }

    @Test
    void passwordIsHashedForTheConfiguration() throws Exception {
        shell.type("varuna\nvaruna\n");

        assertThat(shell.run("varuna:hash-password ann"))
                .containsPattern("users = ann:\\$pbkdf2-sha256\\$i=600000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}\n");
    }

    @Test
    void differentPasswordsAreRefused() throws Exception {
        shell.type("varuna\nvarunq\n");

        assertThatThrownBy(() -> shell.run("varuna:hash-password ann"))
                .isInstanceOf(CommandException.class)
                .hasMessage("The two passwords differ.");
        assertThatThrownBy(() -> shell.run("varuna:hash-password 'a b'"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("may only have");
    }

    @Test
    void hashIsTheOneThatTheRestInterfaceReads() throws Exception {
        byte[] salt = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

        assertThat(HashPassword.hash("varuna".toCharArray(), salt, 1000))
                .isEqualTo("$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw$aZgHjYNHD5blrLlLAZqSlykjkfzFqAl9oHlwk7CNXCs");
    }
}
