package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.runtime.JsonText;
import io.varuna.runtime.Names;
import io.varuna.runtime.Suggestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule as its author wrote it, in eKuiper's JSON form. Immutable.
 *
 * @param members everything that was given, in order
 */
record RuleDocument(
        Map<String, @Nullable Object> members,
        String id,
        String name,
        String version,
        String sql,
        List<ActionSpec> actions,
        Map<String, @Nullable Object> options,
        boolean triggered,
        List<String> tags,
        boolean temporary) {
    private static final List<String> MEMBERS =
            List.of("id", "name", "version", "sql", "actions", "options", "triggered", "tags", "temp");
    private static final String EXAMPLE =
            "{\"id\": \"rule1\", \"sql\": \"SELECT * FROM demo\", \"actions\": [{\"log\": {}}]}";

    RuleDocument {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        actions = List.copyOf(actions);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        tags = List.copyOf(tags);
    }

    /** Reads a rule that carries its id. */
    static RuleDocument parse(String json) {
        return read(JsonText.object("The rule", json));
    }

    /** Reads a rule that may leave out its id, which must not be another one. */
    static RuleDocument parse(String id, String json) {
        Map<String, @Nullable Object> members = JsonText.object("The rule", json);
        Object given = members.get("id");
        if (given != null && !given.equals(id)) {
            throw invalid("The rule is addressed as '" + id + "' but says its id is '" + given
                    + "'. Leave the id out, or use the same");
        }
        Map<String, @Nullable Object> complete = new LinkedHashMap<>();
        complete.put("id", id);
        complete.putAll(members);
        return read(complete);
    }

    private static RuleDocument read(Map<String, @Nullable Object> members) {
        String id = text(members, "id");
        if (id.isEmpty()) {
            throw invalid("The rule needs an id: " + EXAMPLE);
        }
        Names.check("rule", id);
        if (members.get("graph") != null) {
            throw invalid("Rule '" + id + "' is a graph. Rules are written in SQL here: put the query into 'sql'");
        }
        String sql = text(members, "sql");
        if (sql.isBlank()) {
            throw invalid("Rule '" + id + "' needs a query in 'sql', such as \"SELECT * FROM demo\"");
        }
        return new RuleDocument(
                members,
                id,
                text(members, "name"),
                text(members, "version"),
                sql,
                actions(id, members.get("actions")),
                options(id, members.get("options")),
                flag(members, "triggered", true),
                tags(id, members.get("tags")),
                flag(members, "temp", false));
    }

    private static List<ActionSpec> actions(String id, @Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw invalid("Rule '" + id + "' needs a list of actions, such as \"actions\": [{\"log\": {}}]");
        }
        return ActionSpec.listOf(list, "actions");
    }

    private static Map<String, @Nullable Object> options(String id, @Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw invalid("'options' of rule '" + id + "' must be an object, not '" + value + "'");
        }
        return JsonText.named(map);
    }

    private static List<String> tags(String id, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw invalid("'tags' of rule '" + id + "' must be a list of texts, such as [\"floor1\"]");
        }
        return list.stream().map(String::valueOf).distinct().toList();
    }

    private static String text(Map<String, @Nullable Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text)) {
            throw invalid("'" + name + "' of the rule must be a text, not " + JsonText.write(value));
        }
        return text;
    }

    private static boolean flag(Map<String, @Nullable Object> members, String name, boolean otherwise) {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Boolean flag)) {
            throw invalid("'" + name + "' of the rule must be true or false, not " + JsonText.write(value));
        }
        return flag;
    }

    /** Returns a sentence for each member that means nothing. */
    List<String> warnings() {
        return members.keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .map(name -> "'" + name + "' is not known and means nothing." + Suggestion.forName(name, MEMBERS)
                        + " A rule has: " + MEMBERS.stream().collect(Collectors.joining(", ")))
                .toList();
    }

    RuleDocument withTriggered(boolean value) {
        return triggered == value ? this : with("triggered", value);
    }

    RuleDocument withTags(List<String> values) {
        return with("tags", List.copyOf(values));
    }

    private RuleDocument with(String name, Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return read(changed);
    }

    /** Tells whether this may take the place of {@code old}: its version is higher, or neither has one. */
    boolean supersedes(RuleDocument old) {
        return (version.isEmpty() && old.version.isEmpty()) || version.compareTo(old.version) > 0;
    }

    String json() {
        return JsonText.write(members);
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_RULE, message);
    }
}
