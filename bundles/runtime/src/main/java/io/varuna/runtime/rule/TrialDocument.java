package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.StreamOptions;
import io.varuna.runtime.JsonText;
import io.varuna.runtime.Names;
import io.varuna.runtime.Suggestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trial as its author wrote it, in eKuiper's JSON form. Immutable.
 *
 * @param mocks by name of a stream, the properties of the simulator that stands in for its source
 * @param sink the properties of the sink that shows the results
 * @param options those of a rule
 */
record TrialDocument(
        String id,
        String sql,
        Map<String, Map<String, @Nullable Object>> mocks,
        Map<String, @Nullable Object> sink,
        Map<String, @Nullable Object> options) {
    private static final List<String> MEMBERS = List.of("id", "sql", "mockSource", "sinkProps", "options");
    private static final List<String> MOCK_MEMBERS = List.of("data", "interval", "loop");
    /** What concerns other times than now, what is kept, and what goes elsewhere than to those who listen. */
    private static final Set<String> NOT_OF_TRIALS = Set.of(
            "cron",
            "duration",
            "cronDatetimeRange",
            "qos",
            "checkpointInterval",
            "enableSaveStateBeforeStop",
            "restartStrategy",
            "waitForPlugins",
            "onError",
            "lateAction");
    /** Options of streams that also hold for records that are made up. */
    private static final Set<String> KEPT =
            Set.of("DATASOURCE", "KEY", "KIND", "STRICT_VALIDATION", "TIMESTAMP", "TIMESTAMP_FORMAT");

    TrialDocument {
        mocks = Collections.unmodifiableMap(new LinkedHashMap<>(mocks));
        sink = Collections.unmodifiableMap(new LinkedHashMap<>(sink));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    static TrialDocument parse(String json) {
        Map<String, @Nullable Object> members = JsonText.object("The trial", json);
        checkMembers(members.keySet(), MEMBERS, "The trial");
        String id = text(members, "id");
        Names.check("trial", id);
        String sql = text(members, "sql");
        Map<String, Map<String, @Nullable Object>> mocks = new LinkedHashMap<>();
        object(members, "mockSource").forEach((stream, mock) -> {
            if (!(mock instanceof Map<?, ?> properties)) {
                throw invalid("'mockSource' of stream '" + stream + "' must be an object with: "
                        + String.join(", ", MOCK_MEMBERS));
            }
            Map<String, @Nullable Object> named = JsonText.named(properties);
            checkMembers(named.keySet(), MOCK_MEMBERS, "'mockSource' of stream '" + stream + "'");
            mocks.put(stream, named);
        });
        Map<String, @Nullable Object> options = new LinkedHashMap<>(object(members, "options"));
        options.keySet().removeAll(NOT_OF_TRIALS);
        options.put("sendError", true);
        return new TrialDocument(id, sql, mocks, object(members, "sinkProps"), options);
    }

    /** Returns the rule that is tried, without actions, under an id that no rule can have. */
    RuleDocument rule() {
        return new RuleDocument(Map.of(), "$test-" + id, "", "", sql, List.of(), options, true, List.of(), true);
    }

    List<ActionSpec> actions() {
        return List.of(new ActionSpec(TrialSink.TYPE, 0, sink));
    }

    /** Returns a stream as the trial reads it: by itself, from the records that stand in for its source, if there are any. */
    StreamDefinition stream(StreamDefinition stream) {
        Map<String, String> values = new LinkedHashMap<>(stream.options().values());
        values.remove("SHARED");
        Map<String, @Nullable Object> mock = mocks.get(stream.name());
        if (mock != null) {
            values.keySet().retainAll(KEPT);
            values.put("TYPE", "simulator");
            values.put("EXTRA", JsonText.write(mock));
        }
        return new StreamDefinition(
                stream.name(),
                stream.kind(),
                stream.schema(),
                stream.defaults(),
                new StreamOptions(values),
                stream.statement());
    }

    /** Fails if records are given for what the statement does not read. */
    void checkStreams(List<String> read) {
        for (String stream : mocks.keySet()) {
            if (!read.contains(stream)) {
                throw invalid("The statement does not read '" + stream + "', which 'mockSource' names."
                        + Suggestion.forName(stream, read) + " It reads: " + Suggestion.list(read));
            }
        }
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> object) {
            return JsonText.named(object);
        }
        throw invalid("'" + name + "' of the trial must be an object, not " + JsonText.write(value));
    }

    private static String text(Map<String, @Nullable Object> members, String name) {
        if (members.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw invalid("The trial needs '" + name + "', a text. It takes: " + String.join(", ", MEMBERS));
    }

    private static void checkMembers(Set<String> given, List<String> known, String what) {
        for (String name : given) {
            if (!known.contains(name)) {
                throw invalid(what + " has an unknown member '" + name + "'." + Suggestion.forName(name, known)
                        + " It takes: " + String.join(", ", known));
            }
        }
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_RULE, message);
    }
}
