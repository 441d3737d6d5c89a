package io.varuna.engine.function;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.engine.plugin.PluginOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The functions that are there now. Rules find them in slots, so that a function can be exchanged between two batches. Where
 * several plugins bring one name, the first by their order counts, and of that the highest version unless a rule chooses
 * another. Thread-safe.
 */
public final class FunctionTable {
    private final Map<String, FunctionSlot> slots = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final Comparator<ProvidedFunction> order;

    /** Creates an empty table for plugins of which none is preferred. */
    public FunctionTable() {
        this(new PluginOrder());
    }

    /**
     * Creates an empty table.
     *
     * @param plugins compares names of plugins; of several with one function the lower counts
     */
    public FunctionTable(Comparator<String> plugins) {
        this.order = Comparator.comparing(ProvidedFunction::plugin, plugins.reversed())
                .thenComparing(ProvidedFunction::version, FunctionTable::compareVersions)
                .thenComparingLong(ProvidedFunction::number);
    }

    /** Looks anew which functions count, because the order of plugins is another one. */
    public void reorder() {
        slots.values().forEach(FunctionSlot::reorder);
        changes.incrementAndGet();
    }

    /** A library that was registered. */
    @FunctionalInterface
    public interface Registration {
        /** Takes the library's functions away; others of the same names take their places. */
        void remove();
    }

    /**
     * Adds the functions of a library.
     *
     * @param plugin the name of the plugin that brings it
     * @param version the version of the plugin, numbers separated by dots
     */
    public Registration register(FunctionLibrary library, String plugin, String version) {
        List<ProvidedFunction> added = library.functions().stream()
                .map(definition -> new ProvidedFunction(
                        definition, definition.create(), plugin, version, numbers.getAndIncrement()))
                .toList();
        change(added, true);
        return () -> change(added, false);
    }

    private void change(List<ProvidedFunction> functions, boolean added) {
        for (ProvidedFunction function : functions) {
            names(function.definition()).forEach(name -> slots.computeIfAbsent(name, this::emptySlot)
                    .change(function, added));
        }
        changes.incrementAndGet();
    }

    private FunctionSlot emptySlot(String name) {
        return new FunctionSlot(name, order);
    }

    private static List<String> names(FunctionDefinition definition) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(definition.name()), definition.aliases().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns the function with this name or alias, in lower or upper case. */
    public Optional<FunctionDefinition> function(String name) {
        return provided(name).map(ProvidedFunction::definition);
    }

    /** Returns the function and where it comes from. */
    public Optional<ProvidedFunction> provided(String name) {
        FunctionSlot slot = slots.get(name.toLowerCase(Locale.ROOT));
        return slot == null ? Optional.empty() : Optional.ofNullable(slot.current());
    }

    /** Returns the function where versions are chosen, as {@link FunctionSlot#choose} does, and where it comes from. */
    public Optional<ProvidedFunction> provided(String name, Map<String, String> versions) {
        FunctionSlot slot = slots.get(name.toLowerCase(Locale.ROOT));
        return slot == null ? Optional.empty() : Optional.ofNullable(slot.choose(versions));
    }

    /** Returns the usual names of all functions, sorted. */
    public SortedSet<String> names() {
        return slots.values().stream()
                .map(FunctionSlot::current)
                .filter(Objects::nonNull)
                .map(function -> function.definition().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the slot of a name, which may be empty now. */
    public FunctionSlot slot(String name) {
        return slots.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::emptySlot);
    }

    /** Returns a number that grows with every change. */
    public long changes() {
        return changes.get();
    }

    private static int compareVersions(String left, String right) {
        String[] a = left.split("\\.", -1);
        String[] b = right.split("\\.", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = compareParts(i < a.length ? a[i] : null, i < b.length ? b[i] : null);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareParts(@Nullable String left, @Nullable String right) {
        String a = left == null || left.isEmpty() ? "0" : left;
        String b = right == null || right.isEmpty() ? "0" : right;
        boolean numbers = a.matches("[0-9]{1,18}") && b.matches("[0-9]{1,18}");
        return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
    }
}
