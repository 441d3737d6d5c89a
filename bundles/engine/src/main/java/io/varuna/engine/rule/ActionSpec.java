package io.varuna.engine.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sink of a rule.
 *
 * @param index the position in the rule's list of actions, where several may stand together
 */
public record ActionSpec(String type, int index, Map<String, @Nullable Object> properties) {
    public ActionSpec {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Returns the name in figures and messages, such as {@code mysql_0}. */
    public String name() {
        return type + "_" + index;
    }

    /**
     * Reads a list of actions as a rule has it: objects from a type to its properties.
     *
     * @param where what to call the list in messages, such as {@code actions}
     */
    public static List<ActionSpec> listOf(@Nullable Object value, String where) {
        if (!(value instanceof List<?> list)) {
            throw invalid("'" + where + "' must be a list of objects such as {\"log\": {}}");
        }
        List<ActionSpec> actions = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> entry) || entry.isEmpty()) {
                throw invalid("Element " + i + " of '" + where + "' must be an object such as {\"log\": {}}");
            }
            for (Map.Entry<?, ?> action : entry.entrySet()) {
                actions.add(new ActionSpec(String.valueOf(action.getKey()), i, properties(action, where)));
            }
        }
        return List.copyOf(actions);
    }

    private static Map<String, @Nullable Object> properties(Map.Entry<?, ?> action, String where) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (action.getValue() instanceof Map<?, ?> given) {
            given.forEach((name, property) -> properties.put(String.valueOf(name), property));
            return properties;
        }
        if (action.getValue() == null) {
            return properties;
        }
        throw invalid("Action '" + action.getKey() + "' of '" + where + "' must have an object with its properties");
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_RULE, message);
    }
}
