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
import io.varuna.engine.plugin.PluginOrder;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that are there now, by kind and name. Of a plugin the version counts that is preferred, or the highest that is
 * not avoided; of several plugins that bring the same, the first by their {@link PluginOrder order}. Read without locks. Thread-safe.
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final PluginOrder order = new PluginOrder();
    private final Comparator<ProvidedPlugin<?>> bestFirst = Comparator.comparing(
                    (ProvidedPlugin<?> plugin) -> plugin.plugin(), order)
            .thenComparing(plugin -> Version.parseVersion(plugin.version()), Comparator.reverseOrder());
    private final Map<Key, List<ProvidedPlugin<?>>> factories = new ConcurrentHashMap<>();
    private final Set<Key> everPresent = ConcurrentHashMap.newKeySet();
    private final FunctionTable functions = new FunctionTable(order);
    private final List<Library> libraries = new CopyOnWriteArrayList<>();
    private final List<PluginListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, String> preferred = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> avoided = new ConcurrentHashMap<>();
    private final Remedies remedies = new Remedies();

    private record Key(PluginKind kind, String type) {}

    private record Library(
            FunctionLibrary library,
            String plugin,
            String version,
            List<String> names,
            FunctionTable.Registration registration) {}

    /** Returns what knows how to get plugins that are not there. */
    public Remedies remedies() {
        return remedies;
    }

    /** Tells whether a factory is there, was there since the start, or is of a plugin that could be installed. */
    public boolean knows(PluginKind kind, String type) {
        return everPresent.contains(new Key(kind, type))
                || remedies.of(kind, type).isPresent();
    }

    /** Adds a listener for what comes and goes from now on. */
    public void listen(PluginListener listener) {
        listeners.add(listener);
    }

    public void forget(PluginListener listener) {
        listeners.remove(listener);
    }

    /** Adds a factory. */
    public void add(ProvidedPlugin<?> plugin) {
        everPresent.add(new Key(plugin.kind(), plugin.type()));
        factories.compute(new Key(plugin.kind(), plugin.type()), (key, known) -> {
            List<ProvidedPlugin<?>> all = new ArrayList<>(known == null ? List.of() : known);
            all.add(plugin);
            return sorted(all);
        });
        reportClash(new Key(plugin.kind(), plugin.type()));
        listeners.forEach(listener -> listener.arrived(plugin.kind(), plugin.type()));
    }

    private List<ProvidedPlugin<?>> sorted(List<ProvidedPlugin<?>> plugins) {
        return plugins.stream().sorted(bestFirst).toList();
    }

    private void reportClash(Key key) {
        clash(text(key), providers(key)).ifPresent(LOG::warn);
    }

    /** Returns a sentence for each name that a plugin shares with others. */
    public List<String> clashes(String plugin) {
        Stream<String> ofTypes = factories.keySet().stream()
                .filter(key -> providers(key).contains(plugin))
                .flatMap(key -> clash(text(key), providers(key)).stream());
        Stream<String> ofFunctions = libraries.stream()
                .filter(library -> library.plugin().equals(plugin))
                .flatMap(library -> library.names().stream())
                .flatMap(name -> clash(name).stream());
        return Stream.concat(ofTypes, ofFunctions).distinct().sorted().toList();
    }

    /** Returns the same for a plugin that is not there, if it brought these names. */
    public List<String> clashes(String plugin, Map<PluginKind, List<String>> names) {
        return keys(names)
                .flatMap(key -> clash(
                        text(key),
                        Stream.concat(present(key).stream(), Stream.of(plugin))
                                .distinct()
                                .sorted(order)
                                .toList())
                        .stream())
                .sorted()
                .toList();
    }

    /** Returns those of the names that others have, with these, where the user prefers neither them nor the plugin. */
    public List<String> undecided(String plugin, Map<PluginKind, List<String>> names) {
        return keys(names)
                .flatMap(key -> {
                    List<String> others = present(key).stream()
                            .filter(other -> !other.equals(plugin))
                            .toList();
                    boolean decided =
                            order.isPreferred(plugin) || others.stream().anyMatch(order::isPreferred);
                    return others.isEmpty() || decided
                            ? Stream.<String>empty()
                            : Stream.of(text(key) + " of plugin " + String.join(", ", others));
                })
                .sorted()
                .toList();
    }

    private static Stream<Key> keys(Map<PluginKind, List<String>> names) {
        return names.entrySet().stream()
                .flatMap(kind -> kind.getValue().stream().map(name -> new Key(kind.getKey(), name)));
    }

    private List<String> present(Key key) {
        return key.kind() == PluginKind.FUNCTION ? providers(key.type().toLowerCase(Locale.ROOT)) : providers(key);
    }

    private static String text(Key key) {
        return key.kind().name().toLowerCase(Locale.ROOT) + " '" + key.type() + "'";
    }

    private List<String> providers(Key key) {
        return factories.getOrDefault(key, List.of()).stream()
                .map(ProvidedPlugin::plugin)
                .distinct()
                .toList();
    }

    private Optional<String> clash(String function) {
        return clash("function '" + function + "'", providers(function));
    }

    private List<String> providers(String function) {
        return libraries.stream()
                .filter(library -> library.names().contains(function))
                .map(Library::plugin)
                .distinct()
                .sorted(order)
                .toList();
    }

    private static Optional<String> clash(String what, List<String> plugins) {
        return plugins.size() < 2
                ? Optional.empty()
                : Optional.of("The plugins " + String.join(", ", plugins) + " have " + what + ". That of '"
                        + plugins.get(0) + "' is used; 'prefer' in etc/io.varuna.runtime.cfg changes that");
    }

    /** Sets the plugins that count, in this order, where several bring the same. */
    public void preferPlugins(List<String> names) {
        order.prefer(names);
        factories.replaceAll((key, plugins) -> sorted(plugins));
        functions.reorder();
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
        names.forEach(name -> clash(name).ifPresent(LOG::warn));
        names.forEach(name -> listeners.forEach(listener -> listener.arrived(PluginKind.FUNCTION, name)));
    }

    /** Removes the functions of a library. Rules that call them are moved to others, or stopped, before they go. */
    public void remove(FunctionLibrary library) {
        Optional<Library> removed =
                libraries.stream().filter(known -> known.library() == library).findFirst();
        removed.ifPresent(leaving -> {
            libraries.remove(leaving);
            Set<PluginUse> lost = leaving.names().stream()
                    .map(name -> new PluginUse(PluginKind.FUNCTION, name, leaving.plugin(), leaving.version()))
                    .collect(Collectors.toSet());
            if (!lost.isEmpty()) {
                listeners.forEach(listener -> listener.leaving(lost));
            }
            leaving.registration().remove();
        });
    }

    /** Has a version of a plugin count as long as it is there, though a higher one is; an empty one ends that. */
    public void prefer(String plugin, String version) {
        if (version.isEmpty()) {
            preferred.remove(plugin);
            return;
        }
        preferred.put(plugin, version);
    }

    /** Has versions of a plugin, in place of those before, count only if there is no other and none of them is preferred. */
    public void avoid(String plugin, Collection<String> versions) {
        avoided.put(plugin, Set.copyOf(versions));
    }

    /**
     * Returns the plugins as somebody sees them who asks for certain versions.
     *
     * @param versions by name of a plugin; of the others the version counts that is preferred, or the highest
     */
    public PluginView view(Map<String, String> versions) {
        Map<String, String> chosen = new HashMap<>(versions);
        preferred.forEach((plugin, version) -> {
            if (versions(plugin).contains(version)) {
                chosen.putIfAbsent(plugin, version);
            }
        });
        avoided.forEach((plugin, unwanted) -> versions(plugin).stream()
                .filter(version -> !unwanted.contains(version))
                .findFirst()
                .ifPresent(version -> chosen.putIfAbsent(plugin, version)));
        return new PluginView(new Choice(Map.copyOf(chosen)), chosen);
    }

    /** Returns the versions of a plugin that are there, the highest first. */
    public List<String> versions(String plugin) {
        return Stream.concat(
                        factories.values().stream()
                                .flatMap(List::stream)
                                .filter(provided -> provided.plugin().equals(plugin))
                                .map(ProvidedPlugin::version),
                        libraries.stream()
                                .filter(library -> library.plugin().equals(plugin))
                                .map(Library::version))
                .distinct()
                .sorted(Comparator.comparing(Version::parseVersion, Comparator.reverseOrder()))
                .toList();
    }

    /** Returns the functions of all libraries. */
    public FunctionTable functions() {
        return functions;
    }

    /** The plugins where versions are chosen. */
    private final class Choice implements PluginRegistry {
        private final Map<String, String> versions;

        Choice(Map<String, String> versions) {
            this.versions = versions;
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
            return Plugins.this.types(kind);
        }

        private Optional<ProvidedPlugin<?>> best(PluginKind kind, String type) {
            return factories.getOrDefault(new Key(kind, type), List.of()).stream()
                    .filter(plugin -> plugin.version().equals(versions.getOrDefault(plugin.plugin(), plugin.version())))
                    .findFirst();
        }
    }

    /** Returns the names of a kind that are there. */
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

    @SuppressWarnings("unchecked") // the kind under which a factory was added says what it is
    private static <F extends PluginFactory<?>> ProvidedPlugin<F> cast(ProvidedPlugin<?> plugin) {
        return (ProvidedPlugin<F>) plugin;
    }
}
