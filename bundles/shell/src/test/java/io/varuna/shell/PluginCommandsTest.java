package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PluginCommandsTest {
    @RegisterExtension
    private final Shell shell = new Shell();

    @Test
    void listShowsWhatPluginsOffer() throws Exception {
        assertThat(shell.run("plugin:list"))
                .isEqualTo(
                        """
                        Kind     │ Name │ Version │ Plugin
                        ─────────┼──────┼─────────┼─────────────────────
                        sink     │ lcd  │ 1.0.0   │ com.acme.lcd
                        function │ geo  │ 1.2.0   │ io.varuna.plugin.geo
                        """);
        assertThat(shell.run("plugin:list -v function"))
                .contains("│ Plugin               │ Signer", "│ io.varuna.plugin.geo │ CN=known");
        assertThat(shell.run("plugin:list sinks")).contains("lcd").doesNotContain("geo");
    }

    @Test
    void whatIsRefusedSaysWhy() throws Exception {
        shell.plugins.addRefused("probe", "It is not signed");

        assertThat(shell.run("plugin:list")).contains("source probe is refused, and not used: It is not signed\n");
        assertThat(shell.run("plugin:info source probe")).endsWith("It is refused, and not used: It is not signed\n");
    }

    @Test
    void infoShowsProperties() throws Exception {
        assertThat(shell.run("plugin:info sink lcd"))
                .isEqualTo(
                        """
                        sink lcd 1.0.0, offered by com.acme.lcd

                        Property │ Type   │ Default    │ Description
                        ─────────┼────────┼────────────┼─────────────────────
                        color    │ string │ white      │ Color of the letters
                        device   │ string │ (required) │ Where the display is
                        """);
        assertThat(shell.run("plugin:info function geo"))
                .startsWith("function geo 1.2.0, offered by io.varuna.plugin.geo, signed by CN=known\n")
                .contains("Functions: geohash, distance");
    }

    @Test
    void installTakesPathsAndAddresses(@TempDir Path directory) throws Exception {
        shell.currentDirectory(directory);

        assertThat(shell.run("plugin:install sink mysql mysql.zip"))
                .isEqualTo("The sink 'mysql' 1.0.0 is installed.\n");
        shell.run("plugin:install function geo https://plugins.example.org/geo.jar");

        assertThat(shell.plugins.requests().get(0).file())
                .isEqualTo(directory.resolve("mysql.zip").toUri().toString());
        assertThat(shell.plugins.requests().get(1).file()).isEqualTo("https://plugins.example.org/geo.jar");
        assertThat(shell.run("plugin:remove sink mysql")).startsWith("The sink 'mysql' is removed.\n");
    }

    @Test
    void anUpgradeSaysWhatHappenedToRules(@TempDir Path directory) throws Exception {
        shell.currentDirectory(directory);

        assertThat(shell.run("plugin:install sink lcd lcd.zip"))
                .isEqualTo(
                        """
                        The sink 'lcd' 1.0.0 is installed, in the place of 1.0.0.

                        Rule │ Reaction │ Stood still │ Remark
                        ─────┼──────────┼─────────────┼────────────────────────
                        r1   │ swap     │ 2.0 ms      │ exchanged: sink 'lcd_0'
                        """);
        assertThat(shell.run("plugin:rollback sink lcd"))
                .startsWith("The sink 'lcd' is 0.9.0 again, in the place of 1.0.0.\n");
    }

    @Test
    void anInstallationSaysWhichNamesAreThereTwice() throws Exception {
        assertThat(shell.run("plugin:install function geodesy https://plugins.example.org/geodesy.jar"))
                .isEqualTo(
                        """
                        The function 'geodesy' 1.0.0 is installed.
                        The plugins geo, geodesy have function 'distance'. That of 'geo' is used
                        """);
    }

    @Test
    void impactShowsWhatWouldHappen() throws Exception {
        assertThat(shell.run("plugin:impact sink mysql mysql.zip"))
                .isEqualTo("Plugin 'mysql' would be 1.0.0; now it is not there.\n");
        assertThat(shell.run("plugin:impact sink lcd"))
                .isEqualTo(
                        """
                        Plugin 'lcd' would be gone; now it is 1.0.0.

                        Rule │ Reaction │ Stood still │ Remark
                        ─────┼──────────┼─────────────┼─────────────────
                        r1   │ wait     │             │ until it is back
                        """);
        assertThatThrownBy(() -> shell.run("plugin:remove function geo")).hasMessageContaining("is used by rule 'r1'");
        assertThat(shell.run("plugin:remove --force function geo")).startsWith("The function 'geo' is removed.");
    }

    @Test
    void installTakesANameInACatalogue() throws Exception {
        assertThat(shell.run("plugin:install mysql")).isEqualTo("The sink 'mysql' 1.0.0 is installed.\n");
        shell.run("plugin:install connection mysql");

        assertThat(shell.plugins.requests().get(0).file()).isEqualTo("catalog:mysql/1.0.0");
        assertThat(shell.plugins.requests().get(1).file()).isEmpty();
        assertThatThrownBy(() -> shell.run("plugin:install geo"))
                .hasMessage("No catalogue has a plugin 'geo'. There are: mysql");
        assertThatThrownBy(() -> shell.run("plugin:install mysl"))
                .hasMessage("No catalogue has a plugin 'mysl'. Did you mean 'mysql'? There are: mysql");
    }

    @Test
    void availableShowsWhatCataloguesHave() throws Exception {
        assertThat(shell.run("plugin:available maria"))
                .contains("mysql │ 1.0.0   │ sink mysql; connection mysql │ 2929 │ CN=known")
                .contains("needs engine API 2.4 or later");
        shell.run("plugin:install mysql");
        assertThat(shell.run("plugin:available")).contains("CN=known  │ installed");
        assertThat(shell.run("plugin:available nothing")).contains("No plugins");
    }

    @Test
    void installPassesOnTheSha256() throws Exception {
        shell.run("plugin:install --sha256 AB12 sink mysql https://plugins.example.org/mysql.zip");

        assertThat(shell.plugins.requests().get(0).sha256()).isEqualTo("ab12");
    }

    @Test
    void installShowsTheContainersOwnWordsOnRequest() {
        assertThatThrownBy(() -> shell.run("plugin:install -v sink a https://plugins.example.org/a.txt"))
                .isInstanceOf(CommandException.class)
                .hasMessage("'https://plugins.example.org/a.txt' is no zip file.");
        assertThat(shell.output()).contains("no beginning");
    }

    @Test
    void unknownKindSaysWhichThereAre() {
        assertThatThrownBy(() -> shell.run("plugin:list things"))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "'things' is no kind of plugin. There are: source, sink, lookup, codec, connection, function.");
        assertThatThrownBy(() -> shell.run("plugin:info snik log"))
                .hasMessageStartingWith("'snik' is no kind of plugin. Did you mean 'sink'? There are: source, ");
    }

    @Test
    void functionsAreListedAndDescribed() throws Exception {
        assertThat(shell.run("function:list mean"))
                .isEqualTo(
                        """
                        Name │ Kind      │ Description
                        ─────┼───────────┼─────────────────────
                        avg  │ aggregate │ The arithmetic mean.
                        """);
        assertThat(shell.run("function:info ABS"))
                .isEqualTo(
                        """
                        abs(value FLOAT)
                          The absolute value.
                        Examples:
                          abs(-1) = 1
                        """);
        assertThat(shell.run("function:info mean")).contains("Also called: mean");
        assertThatThrownBy(() -> shell.run("function:info abz"))
                .hasMessageStartingWith("There is no function 'abz'. Did you mean 'abs'? See function:list");
    }
}
