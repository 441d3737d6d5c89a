package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdHocQueryTest {
    private final TestContainer container;

    AdHocQueryTest(@TempDir Path directory) {
        this.container = new TestContainer(directory);
    }

    @BeforeEach
    void createStream() {
        container.streams().create("CREATE STREAM demo () WITH (TYPE = \"feed\")");
    }

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void runsAQueryThatNobodyKeeps() throws Exception {
        List<String> seen = new ArrayList<>();
        AutoCloseable query = container.rules().query("SELECT a FROM demo", seen::add);
        container.feed().feed("a", 1L);
        query.close();

        assertThat(seen).singleElement().asString().contains("\"a\":1");
        assertThat(container.feed().opened()).isZero();
        assertThat(container.rules().list()).isEmpty();
    }

    @Test
    void endsAQueryWhosePluginGoes() {
        List<String> seen = new ArrayList<>();
        container.rules().query("SELECT a FROM demo", seen::add);

        container.removeFeed();

        assertThat(seen)
                .singleElement()
                .asString()
                .startsWith("{\"error\":\"The query ended")
                .contains("feed");
    }

    @Test
    void saysWhereThePluginIsThatAQueryLacks() {
        container.removeFeed();
        container.plugins().remedies().ask(new FeedCatalog());

        assertThatThrownBy(() -> container.rules().query("SELECT a FROM demo", row -> {}))
                .isInstanceOf(VarunaException.class)
                .hasMessage("The query cannot run: it is waiting for source 'feed'. Plugin 'feed' 1.0.0 has source"
                        + " 'feed': install it with plugin:install feed");
    }

    /** Has one plugin, with a source. */
    private static final class FeedCatalog implements CatalogService {
        @Override
        public List<AvailablePlugin> list() {
            return List.of(new AvailablePlugin(
                    "feed",
                    "1.0.0",
                    "",
                    Map.of(PluginKind.SOURCE, List.of("feed")),
                    List.of(),
                    "",
                    1,
                    "",
                    "",
                    "catalog:feed/1.0.0"));
        }

        @Override
        public Optional<AvailablePlugin> offering(PluginKind kind, String name) {
            return kind == PluginKind.SOURCE && name.equals("feed")
                    ? list().stream().findFirst()
                    : Optional.empty();
        }
    }
}
