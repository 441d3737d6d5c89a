package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    private final Path directory;

    DataCommandsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void enterDirectory() {
        shell.currentDirectory(directory);
    }

    @Test
    void exportIsShownOrWrittenAndHidesSecretsUnlessTheyAreAskedFor() throws Exception {
        assertThat(shell.run("data:export")).startsWith("{\"streams\":").contains("******");
        assertThat(shell.run("data:export -s")).contains("secret");
        assertThat(shell.run("data:export -s all.json")).isEqualTo("Written to '" + file() + "'.\n");

        assertThat(Files.readString(file())).isEqualTo(shell.data.export(true));
    }

    @Test
    void rulesAreExportedById() throws Exception {
        assertThat(shell.run("data:export -r ruleTest")).contains("ruleTest");
        assertThatThrownBy(() -> shell.run("data:export -r gone"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no rule 'gone'.");
        assertThat(shell.complete("data:export -r ")).contains("hot", "store");
    }

    @Test
    void documentTakesThePlaceOfAllOrIsAdded() throws Exception {
        Files.writeString(file(), "{}");

        assertThat(shell.complete("data:import " + file().toString().replace(".json", "")))
                .containsExactly(file().toString());
        assertThat(shell.run("data:import all.json")).isEqualTo("All is imported.\n");
        assertThat(shell.data.imported()).isEqualTo("all {}");
        shell.run("data:import -p all.json");
        assertThat(shell.data.imported()).isEqualTo("added {}");
    }

    @Test
    void whatIsRefusedIsNamed() throws Exception {
        Files.writeString(file(), "{\"rules\":{\"ruleTest\":\"dmo\"}}");

        assertThatThrownBy(() -> shell.run("data:import all.json"))
                .isInstanceOf(CommandException.class)
                .hasMessage("Nothing was imported, because of\n'rules ruleTest': There is no stream 'dmo'.");
        assertThatThrownBy(() -> shell.run("data:import --partial all.json"))
                .hasMessage("The rest is imported, but not\n'rules ruleTest': There is no stream 'dmo'.");
        assertThatThrownBy(() -> shell.run("data:import gone.json"))
                .hasMessage("There is no file '" + directory.resolve("gone.json") + "'.");
    }

    private Path file() {
        return directory.resolve("all.json");
    }
}
