package io.varuna.runtime.stream;

import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Other streams and tables in the place of those that there are: looked at first, then made all together. For one thread. */
public final class StreamReplacement {
    private final Definitions definitions;
    private final Map<String, Optional<StreamDefinition>> changes;
    private final Map<String, Optional<StreamDefinition>> former = new TreeMap<>();

    /**
     * Creates it.
     *
     * @param changes by name; empty for what is not to be there any more
     */
    StreamReplacement(Definitions definitions, Map<String, Optional<StreamDefinition>> changes) {
        this.definitions = definitions;
        this.changes = Collections.unmodifiableMap(new TreeMap<>(changes));
        changes.keySet().forEach(name -> former.put(name, definitions.stream(name)));
    }

    /** Returns the names of what changes, comes or goes. */
    public Set<String> names() {
        return changes.keySet();
    }

    /** Returns what the names will stand for. */
    public Catalog catalog() {
        return definitions.with(changes);
    }

    /** Makes the change, without telling anybody; if that is not possible, some of it may have been made. */
    public void apply() {
        changes.forEach(
                (name, definition) -> definition.ifPresentOrElse(definitions::put, () -> definitions.remove(name)));
    }

    /** Makes everything what it was. */
    public void undo() {
        definitions.putBack(former);
    }
}
