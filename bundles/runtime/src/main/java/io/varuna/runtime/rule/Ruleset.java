package io.varuna.runtime.rule;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.StreamDescription;
import io.varuna.runtime.JsonText;
import io.varuna.runtime.Suggestion;
import io.varuna.runtime.stream.StreamReplacement;
import io.varuna.runtime.stream.Streams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Streams, tables and rules in one document, in eKuiper's form: statements by name, rules as texts of JSON by id. */
final class Ruleset {
    private static final List<String> MEMBERS = List.of("streams", "tables", "rules");

    private final Streams streams;
    private final Rules rules;
    private final RulesReplacement replacements;

    Ruleset(Streams streams, Rules rules, RulesReplacement replacements) {
        this.streams = streams;
        this.rules = rules;
        this.replacements = replacements;
    }

    String export() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("streams", statements(false));
        document.put("tables", statements(true));
        Map<String, String> texts = new LinkedHashMap<>();
        rules.documents().stream().filter(rule -> !rule.temporary()).forEach(rule -> texts.put(rule.id(), rule.json()));
        document.put("rules", texts);
        return JsonText.writeIndented(document);
    }

    private Map<String, String> statements(boolean tables) {
        Map<String, String> statements = new TreeMap<>();
        streams.list(tables).stream()
                .filter(stream -> !"TRUE".equalsIgnoreCase(stream.options().get("TEMP")))
                .forEach(stream -> statements.put(stream.name(), stream.statement()));
        return statements;
    }

    /** Creates or replaces what is in a document; returns by kind and name what was refused and why. */
    Map<String, String> load(String json) {
        return load(json, true);
    }

    /** Creates what is in a document and not there yet; returns by kind and name what was refused and why. */
    Map<String, String> loadMissing(String json) {
        return load(json, false);
    }

    /** Makes what there is that of a document, as a whole or not at all; returns by kind and name what was refused and why. */
    Map<String, String> replace(String json) {
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, @Nullable Object> document = document(json, refused);
        Map<Boolean, Map<String, String>> statements = new TreeMap<>();
        statements.put(false, texts(members(document, "streams", refused)));
        statements.put(true, texts(members(document, "tables", refused)));
        Map<String, String> wanted = texts(members(document, "rules", refused));
        StreamReplacement replacement = streams.replacement(statements, refused::put);
        replacements.replace(wanted, replacement, rules, refused);
        return refused;
    }

    private static Map<String, @Nullable Object> document(String json, Map<String, String> refused) {
        Map<String, @Nullable Object> document = JsonText.object("The ruleset", json);
        document.keySet().stream()
                .filter(member -> !MEMBERS.contains(member))
                .forEach(member -> refused.put(
                        member,
                        "This is not part of a ruleset." + Suggestion.forName(member, MEMBERS) + " A ruleset has: "
                                + String.join(", ", MEMBERS)));
        return document;
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> members) {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((name, value) -> texts.put(name, text(value)));
        return texts;
    }

    private Map<String, String> load(String json, boolean replace) {
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, @Nullable Object> document = document(json, refused);
        members(document, "streams", refused)
                .forEach((name, value) ->
                        attempt("stream " + name, refused, () -> stream(name, text(value), false, replace)));
        members(document, "tables", refused)
                .forEach((name, value) ->
                        attempt("table " + name, refused, () -> stream(name, text(value), true, replace)));
        members(document, "rules", refused)
                .forEach((id, value) -> attempt("rule " + id, refused, () -> {
                    if (replace || !rules.has(id)) {
                        rules.putWaiting(id, text(value));
                    }
                }));
        return refused;
    }

    private static Map<String, @Nullable Object> members(
            Map<String, @Nullable Object> document, String name, Map<String, String> refused) {
        Object value = document.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> members) {
            return JsonText.named(members);
        }
        refused.put(name, "This must be an object, with a member for each of the " + name);
        return Map.of();
    }

    private static void attempt(String what, Map<String, String> refused, Runnable action) {
        try {
            action.run();
        } catch (VarunaException e) {
            refused.put(what, String.valueOf(e.getMessage()));
        }
    }

    private void stream(String name, String statement, boolean table, boolean replace) {
        boolean known =
                streams.list(table).stream().map(StreamDescription::name).anyMatch(name::equals);
        if (!known) {
            streams.create(statement);
        } else if (replace) {
            streams.replace(name, statement);
        }
    }

    /** A rule may be an object as well as a text. */
    private static String text(@Nullable Object value) {
        return value instanceof Map<?, ?> ? JsonText.write(value) : String.valueOf(value);
    }
}
