package io.varuna.runtime.plugin;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * The plugins that are there now, by kind and name. Where several bring the same, the highest version counts, then the
 * first name of a plugin. Read without locks. Thread-safe.
 */
public final class Plugins implements PluginRegistry {
    private static final Comparator<ProvidedPlugin<?>> BEST_FIRST = Comparator.comparing(
                    (ProvidedPlugin<?> plugin) -> Version.parseVersion(plugin.version()), Comparator.reverseOrder())
            .thenComparing(ProvidedPlugin::plugin);

    private final Map<Key, List<ProvidedPlugin<?>>> factories = new ConcurrentHashMap<>();
    private final FunctionTable functions = new FunctionTable();
    private final List<Library> libraries = new CopyOnWriteArrayList<>();
    private final List<PluginListener> listeners = new CopyOnWriteArrayList<>();

    private record Key(PluginKind kind, String type) {}

    private record Library(
            FunctionLibrary library,
            String plugin,
            String version,
            List<String> names,
            FunctionTable.Registration registration) {}

    /** Adds a listener for what comes and goes from now on. */
    public void listen(PluginListener listener) {
        listeners.add(listener);
    }

    public void forget(PluginListener listener) {
        listeners.remove(listener);
    }

    /** Adds a factory. */
    public void add(ProvidedPlugin<?> plugin) {
        factories.compute(new Key(plugin.kind(), plugin.type()), (key, known) -> {
            List<ProvidedPlugin<?>> all = new ArrayList<>(known == null ? List.of() : known);
            all.add(plugin);
            all.sort(BEST_FIRST);
            return List.copyOf(all);
        });
        listeners.forEach(listener -> listener.arrived(plugin.kind(), plugin.type()));
    }

    /** Removes a factory; returns when no rule uses it any more, or after a time-out. */
    public void remove(PluginKind kind, String type, PluginFactory<?> factory) {
        List<ProvidedPlugin<?>> removed = new ArrayList<>();
        factories.computeIfPresent(new Key(kind, type), (key, known) -> {
            List<ProvidedPlugin<?>> left = new ArrayList<>();
            known.forEach(plugin -> (plugin.factory() == factory ? removed : left).add(plugin));
            return left.isEmpty() ? null : List.copyOf(left);
        });
        removed.forEach(plugin -> listeners.forEach(listener -> listener.leaving(Set.of(plugin.use()))));
    }

    /** Adds the functions of a library. */
    public void add(FunctionLibrary library, String plugin, String version) {
        List<String> names =
                library.functions().stream().map(FunctionDefinition::name).toList();
        libraries.add(new Library(library, plugin, version, names, functions.register(library, plugin, version)));
        names.forEach(name -> listeners.forEach(listener -> listener.arrived(PluginKind.FUNCTION, name)));
    }

    /** Removes the functions of a library. Rules that lose one by it are stopped before it goes. */
    public void remove(FunctionLibrary library) {
        Optional<Library> removed =
                libraries.stream().filter(known -> known.library() == library).findFirst();
        removed.ifPresent(leaving -> {
            libraries.remove(leaving);
            Set<String> left =
                    libraries.stream().flatMap(known -> known.names().stream()).collect(Collectors.toSet());
            Set<PluginUse> lost = leaving.names().stream()
                    .filter(name -> !left.contains(name))
                    .map(name -> new PluginUse(PluginKind.FUNCTION, name, leaving.plugin(), leaving.version()))
                    .collect(Collectors.toSet());
            if (!lost.isEmpty()) {
                listeners.forEach(listener -> listener.leaving(lost));
            }
            leaving.registration().remove();
        });
    }

    /** Returns the functions of all libraries. */
    public FunctionTable functions() {
        return functions;
    }

    @Override
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return best(PluginKind.SOURCE, type).map(Plugins::cast);
    }

    @Override
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        return best(PluginKind.SINK, type).map(Plugins::cast);
    }

    @Override
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return best(PluginKind.CODEC, format).map(Plugins::cast);
    }

    @Override
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return best(PluginKind.LOOKUP, type).map(Plugins::cast);
    }

    @Override
    public Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type) {
        return best(PluginKind.CONNECTION, type).map(Plugins::cast);
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        if (kind == PluginKind.FUNCTION) {
            return functions.names();
        }
        return factories.keySet().stream()
                .filter(key -> key.kind() == kind)
                .map(Key::type)
                .sorted()
                .toList();
    }

    private Optional<ProvidedPlugin<?>> best(PluginKind kind, String type) {
        @Nullable List<ProvidedPlugin<?>> known = factories.get(new Key(kind, type));
        return known == null ? Optional.empty() : Optional.of(known.get(0));
    }

    @SuppressWarnings("unchecked") // the kind under which a factory was added says what it is
    private static <F extends PluginFactory<?>> ProvidedPlugin<F> cast(ProvidedPlugin<?> plugin) {
        return (ProvidedPlugin<F>) plugin;
    }
}
