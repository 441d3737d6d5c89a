package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UploadCommandsTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void fileIsKeptListedCompletedAndRemoved(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("rooms.json"), "[]");
        shell.currentDirectory(directory);

        assertThat(shell.run("upload:put rooms.json")).isEqualTo("/store/uploads/rooms.json\n");
        assertThat(shell.run("upload:put rooms.json others.json")).isEqualTo("/store/uploads/others.json\n");

        assertThat(shell.uploads.files()).containsEntry("rooms.json", "[]").containsEntry("others.json", "[]");
        assertThat(shell.run("upload:list")).isEqualTo("/store/uploads/others.json\n/store/uploads/rooms.json\n");
        assertThat(shell.complete("upload:remove r")).containsExactly("rooms.json");
        assertThat(shell.run("upload:remove rooms.json")).isEqualTo("The file 'rooms.json' is removed.\n");
        assertThat(shell.uploads.files()).containsOnlyKeys("others.json");
    }

    @Test
    void whatIsNotThereIsSaid(@TempDir Path directory) {
        shell.currentDirectory(directory);

        assertThatThrownBy(() -> shell.run("upload:put gone.json"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no file '" + directory.resolve("gone.json") + "'.");
        assertThatThrownBy(() -> shell.run("upload:remove gone.json"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no uploaded file 'gone.json'. See upload:list for those that there are.");
    }
}
