package io.varuna.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginsTest {
    private final Plugins plugins = new Plugins();
    private final List<String> events = new ArrayList<>();

    PluginsTest() {
        plugins.listen(new PluginListener() {
            @Override
            public void arrived(PluginKind kind, String name) {
                events.add("arrived " + name);
            }

            @Override
            public void leaving(Set<PluginUse> uses) {
                uses.forEach(use -> events.add("leaving " + use.name() + " " + use.version()));
            }
        });
    }

    private static final class NoSink implements SinkFactory<NoSink.Config> {
        @interface Config {}

        @Override
        public Sink open(Config config, SinkContext context) {
            return batch -> {};
        }
    }

    /** Must be public for its functions. */
    public static final class Library implements FunctionLibrary {
        private Library() {}

        @SqlFunction(doc = "Returns the text.")
        public static String same(String text) {
            return text;
        }
    }

    private Optional<ProvidedPlugin<SinkFactory<?>>> sink(Map<String, String> versions) {
        return plugins.view(versions).plugins().sink("nothing");
    }

    private static ProvidedPlugin<NoSink> sink(String plugin, String version) {
        return new ProvidedPlugin<>(PluginKind.SINK, "nothing", plugin, version, new NoSink());
    }

    @Test
    void prefersTheHighestVersion() {
        ProvidedPlugin<NoSink> two = sink("p", "2.0.0");
        ProvidedPlugin<NoSink> ten = sink("p", "10.0.0");
        plugins.add(two);
        plugins.add(ten);
        plugins.add(sink("p", "9.5.0"));

        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("10.0.0"));
        plugins.remove(PluginKind.SINK, "nothing", ten.factory());
        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("9.5.0"));
        assertThat(events).endsWith("leaving nothing 10.0.0");
    }

    @Test
    void givesTheVersionThatIsAskedFor() {
        plugins.add(sink("p", "1.0.0"));
        plugins.add(sink("p", "2.0.0"));

        assertThat(sink(Map.of("p", "1.0.0")))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("1.0.0"));
        assertThat(sink(Map.of("p", "3.0.0"))).isEmpty();
        assertThat(plugins.versions("p")).containsExactly("2.0.0", "1.0.0");
    }

    @Test
    void givesThePreferredVersionAsLongAsItIsThere() {
        ProvidedPlugin<NoSink> one = sink("p", "1.0.0");
        plugins.add(one);
        plugins.add(sink("p", "2.0.0"));
        plugins.prefer("p", "1.0.0");

        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("1.0.0"));
        assertThat(sink(Map.of("p", "2.0.0"))).isPresent();
        plugins.remove(PluginKind.SINK, "nothing", one.factory());
        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("2.0.0"));
    }

    @Test
    void givesAVersionThatIsAvoidedOnlyIfThereIsNoOther() {
        ProvidedPlugin<NoSink> one = sink("p", "1.0.0");
        plugins.add(one);
        plugins.add(sink("p", "2.0.0"));
        plugins.avoid("p", List.of("2.0.0"));

        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("1.0.0"));
        assertThat(sink(Map.of("p", "2.0.0"))).isPresent();
        plugins.remove(PluginKind.SINK, "nothing", one.factory());
        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("2.0.0"));
        plugins.add(one);
        plugins.prefer("p", "2.0.0");
        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("2.0.0"));
    }

    @Test
    void prefersTheFirstNameAmongEqualVersions() {
        plugins.add(sink("b", "1.0.0"));
        plugins.add(sink("a", "1.0.0"));

        assertThat(sink(Map.of()))
                .hasValueSatisfying(found -> assertThat(found.plugin()).isEqualTo("a"));
    }

    @Test
    void amongSeveralPluginsOursCountsUnlessTheUserPrefersAnother() {
        plugins.add(sink("org.example.theirs", "9.0.0"));
        plugins.add(sink("ours", "1.0.0"));
        plugins.add(new Library(), "org.example.theirs", "9.0.0");
        plugins.add(new Library(), "ours", "1.0.0");
        assertThat(counting()).containsExactly("ours", "ours");

        plugins.preferPlugins(List.of("org.example.theirs"));
        assertThat(counting()).containsExactly("org.example.theirs", "org.example.theirs");

        plugins.preferPlugins(List.of());
        assertThat(counting()).containsExactly("ours", "ours");
    }

    @Test
    void saysWhoseNamesCountWhereSeveralHaveThem() {
        plugins.add(sink("ours", "1.0.0"));
        plugins.add(new Library(), "ours", "1.0.0");
        assertThat(plugins.clashes("ours")).isEmpty();

        plugins.add(sink("org.example.theirs", "9.0.0"));
        plugins.add(new Library(), "org.example.theirs", "9.0.0");
        plugins.preferPlugins(List.of("org.example.theirs"));

        assertThat(plugins.clashes("ours"))
                .isEqualTo(plugins.clashes("org.example.theirs"))
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("The plugins org.example.theirs, ours have function 'same'. That of 'org.example.theirs' is"
                        + " used; 'prefer' in etc/io.varuna.runtime.cfg changes that");
        assertThat(plugins.clashes("another")).isEmpty();
    }

    private List<String> counting() {
        return List.of(
                sink(Map.of()).orElseThrow().plugin(),
                plugins.functions().provided("same").orElseThrow().plugin());
    }

    @Test
    void knowsTheTypesOfAKind() {
        plugins.add(sink("p", "1.0.0"));

        assertThat(plugins.types(PluginKind.SINK)).containsExactly("nothing");
        assertThat(plugins.types(PluginKind.SOURCE)).isEmpty();
        assertThat(plugins.view(Map.of()).plugins().source("nothing")).isEmpty();
    }

    @Test
    void saysWhichVersionOfAFunctionLeaves() {
        Library one = new Library();
        Library two = new Library();
        plugins.add(one, "p", "1.0.0");
        plugins.add(two, "p", "2.0.0");
        assertThat(plugins.types(PluginKind.FUNCTION)).containsExactly("same");

        plugins.remove(two);
        assertThat(events).endsWith("leaving same 2.0.0");
        assertThat(plugins.functions().provided("same"))
                .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("1.0.0"));

        plugins.remove(one);
        assertThat(events).endsWith("leaving same 1.0.0");
        assertThat(plugins.functions().function("same")).isEmpty();
    }

    @Test
    void ignoresTheRemovalOfWhatIsNotThere() {
        plugins.remove(PluginKind.SINK, "nothing", new NoSink());
        plugins.remove(new Library());

        assertThat(events).isEmpty();
    }
}
