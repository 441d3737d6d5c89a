package io.varuna.runtime.rule;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.manage.PluginKind;
import io.varuna.engine.plugin.Profiles;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.plan.Catalog;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows which rules use which named properties, by their names: also those of rules that do not run. Thread-safe. */
public final class ProfileUsers {
    private static final String DEFAULT = "default";

    private final Rules rules;
    private final Catalog streams;
    private final Profiles profiles;

    /** Creates it. */
    public ProfileUsers(Rules rules, Catalog streams, Profiles profiles) {
        this.rules = rules;
        this.streams = streams;
        this.profiles = profiles;
    }

    /** Something that a rule names a profile by. */
    private record Use(PluginKind kind, String type, String name) {}

    /** Returns the ids of the rules that use a profile. */
    public List<String> of(PluginKind kind, String type, String name) {
        Use wanted = new Use(kind, type, name);
        return rules.definitions().stream()
                .filter(rule -> uses(rule).contains(wanted))
                .map(rule -> rule.document().id())
                .toList();
    }

    private List<Use> uses(RuleDefinition rule) {
        List<Use> uses = new ArrayList<>();
        List<ActionSpec> actions = new ArrayList<>(rule.document().actions());
        RuleOptions options = rule.options();
        actions.addAll(options.onError());
        actions.addAll(options.lateAction());
        actions.forEach(action -> add(uses, action));
        RulePlan plan = rule.plan();
        if (plan != null) {
            plan.streams().forEach(name -> streams.stream(name).ifPresent(stream -> add(uses, stream)));
        }
        return uses;
    }

    private void add(List<Use> uses, ActionSpec action) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (action.properties().get("resourceId") instanceof String id) {
            uses.add(new Use(PluginKind.SINK, action.type(), id));
            profiles.profile(PluginKind.SINK, action.type(), id).ifPresent(properties::putAll);
        }
        properties.putAll(action.properties());
        addConnection(uses, action.type(), properties);
    }

    private void add(List<Use> uses, StreamDefinition stream) {
        String type = stream.options().type(stream.kind());
        String key = stream.options().get("CONF_KEY").orElse(DEFAULT);
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        Optional<Map<String, @Nullable Object>> profile = profiles.profile(PluginKind.SOURCE, type, key);
        if (profile.isPresent() || !key.equals(DEFAULT)) {
            uses.add(new Use(PluginKind.SOURCE, type, key));
        }
        profile.ifPresent(properties::putAll);
        stream.options().get("EXTRA").ifPresent(extra -> properties.putAll(extra(extra)));
        addConnection(uses, type, properties);
    }

    private static void addConnection(List<Use> uses, String type, Map<String, @Nullable Object> properties) {
        if (properties.get("connectionSelector") instanceof String name) {
            uses.add(new Use(PluginKind.CONNECTION, type, name));
        }
    }

    private static Map<String, @Nullable Object> extra(String json) {
        try {
            return JSON.std.mapFrom(json);
        } catch (IOException e) {
            // whoever starts the rule is told
            return Map.of();
        }
    }
}
