package io.varuna.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemediesTest {
    private final Remedies remedies = new Remedies();

    @Test
    void namesThePluginThatHasIt() {
        remedies.ask(new OnePlugin(""));

        assertThat(remedies.of(PluginKind.FUNCTION, "geohash"))
                .contains("Plugin 'geo' 1.0 has function 'geohash': install it with plugin:install geo");
        assertThat(remedies.of(PluginKind.SINK, "geohash")).isEmpty();
    }

    @Test
    void saysWhyItCannotBeInstalled() {
        remedies.ask(new OnePlugin("needs engine API 2.4 or later; this is 1.0"));

        assertThat(remedies.of(PluginKind.FUNCTION, "geohash"))
                .contains("Plugin 'geo' 1.0 has function 'geohash', but it needs engine API 2.4 or later; this is 1.0");
    }

    @Test
    void knowsNothingWithoutACatalogue() {
        OnePlugin catalog = new OnePlugin("");
        remedies.ask(catalog);
        remedies.forget(new OnePlugin("another"));
        assertThat(remedies.of(PluginKind.FUNCTION, "geohash")).isPresent();

        remedies.forget(catalog);

        assertThat(remedies.of(PluginKind.FUNCTION, "geohash")).isEmpty();
    }

    private record OnePlugin(String obstacle) implements CatalogService {
        @Override
        public List<AvailablePlugin> list() {
            return List.of(new AvailablePlugin(
                    "geo",
                    "1.0",
                    "",
                    Map.of(PluginKind.FUNCTION, List.of("geo")),
                    List.of("geohash"),
                    obstacle,
                    1,
                    "",
                    "",
                    "catalog:geo/1.0"));
        }

        @Override
        public Optional<AvailablePlugin> offering(PluginKind kind, String name) {
            return list().stream()
                    .filter(plugin ->
                            kind == PluginKind.FUNCTION && plugin.functions().contains(name))
                    .findFirst();
        }
    }
}
