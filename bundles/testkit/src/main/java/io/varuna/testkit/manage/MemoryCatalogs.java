package io.varuna.testkit.manage;

import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalogue in memory with the plugin 'mysql', in a version that fits and one that does not. */
public final class MemoryCatalogs implements CatalogService {
    @Override
    public List<AvailablePlugin> list() {
        return List.of(
                plugin("2.0.0", "needs engine API 2.4 or later (package 'io.varuna.api.sink'); this is 1.0"),
                plugin("1.0.0", ""));
    }

    private static AvailablePlugin plugin(String version, String obstacle) {
        return new AvailablePlugin(
                "mysql",
                version,
                "Sink for MySQL and MariaDB",
                Map.of(PluginKind.SINK, List.of("mysql"), PluginKind.CONNECTION, List.of("mysql")),
                List.of(),
                obstacle,
                3_000_000,
                "ab12",
                "CN=known",
                "catalog:mysql/" + version);
    }

    @Override
    public Optional<AvailablePlugin> offering(PluginKind kind, String name) {
        return list().stream()
                .filter(plugin -> plugin.fits()
                        && plugin.offers().getOrDefault(kind, List.of()).contains(name))
                .findFirst();
    }
}
