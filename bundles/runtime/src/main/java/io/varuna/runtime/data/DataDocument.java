package io.varuna.runtime.data;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.Secrets;
import io.varuna.runtime.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is configured, in eKuiper's form: objects whose values are texts, most of them of JSON. Immutable.
 *
 * @param streams statements by name
 * @param tables statements by name
 * @param rules in JSON, by id
 * @param uploads contents by name
 */
record DataDocument(
        Map<String, String> streams,
        Map<String, String> tables,
        Map<String, String> rules,
        List<Plugin> plugins,
        List<PropertyProfile> profiles,
        Map<String, byte[]> uploads) {
    private static final Map<PluginKind, String> PROFILES = Map.of(
            PluginKind.SOURCE,
            "sourceConfig",
            PluginKind.SINK,
            "sinkConfig",
            PluginKind.CONNECTION,
            "connectionConfig");
    private static final List<String> ABSENT = List.of("portablePlugins", "Service", "Schema", "scripts");

    /** Something that a plugin offers, and the file it can be fetched from; that is empty for what catalogues have. */
    record Plugin(PluginKind kind, String name, String version, String file) {
        String key() {
            return kind.plural() + "_" + name;
        }
    }

    DataDocument {
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        plugins = List.copyOf(plugins);
        profiles = List.copyOf(profiles);
        uploads = Collections.unmodifiableMap(new LinkedHashMap<>(uploads));
    }

    /** Returns the document; {@code secrets} tells whether named properties are in it with their secrets. */
    String json(boolean secrets) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("streams", streams);
        members.put("tables", tables);
        members.put("rules", rules);
        Map<String, Object> installed = new LinkedHashMap<>();
        for (Plugin plugin : plugins) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", plugin.name());
            entry.put("version", plugin.version());
            entry.put("file", plugin.file());
            installed.put(plugin.key(), JsonText.write(entry));
        }
        members.put("nativePlugins", installed);
        members.put("portablePlugins", Map.of());
        for (PluginKind kind : List.of(PluginKind.SOURCE, PluginKind.SINK, PluginKind.CONNECTION)) {
            members.put(String.valueOf(PROFILES.get(kind)), profiles(kind, secrets));
        }
        members.put("Service", Map.of());
        members.put("Schema", Map.of());
        Map<String, Object> files = new LinkedHashMap<>();
        uploads.forEach((name, content) -> files.put(name, JsonText.write(file(name, content))));
        members.put("uploads", files);
        members.put("scripts", Map.of());
        return JsonText.write(members);
    }

    private Map<String, String> profiles(PluginKind kind, boolean secrets) {
        Map<String, Map<String, Object>> byType = new LinkedHashMap<>();
        profiles.stream().filter(profile -> profile.kind() == kind).forEach(profile -> byType.computeIfAbsent(
                        profile.type(), type -> new LinkedHashMap<>())
                .put(profile.name(), secrets ? profile.properties() : Secrets.hidden(profile.properties())));
        Map<String, String> texts = new LinkedHashMap<>();
        byType.forEach((type, named) -> texts.put(type, JsonText.write(named)));
        return texts;
    }

    private static Map<String, Object> file(String name, byte[] content) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", name);
        try {
            file.put(
                    "content",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
        } catch (CharacterCodingException e) {
            // eKuiper has no form for what is no text
            file.put("base64", Base64.getEncoder().encodeToString(content));
        }
        return file;
    }

    /** Reads a document; fails if its form is not right anywhere, so that nothing of such a one is used. */
    static DataDocument parse(String json) {
        Map<String, @Nullable Object> members = JsonText.object("The document", json);
        Map<String, String> streams = texts(members, "streams");
        Map<String, String> tables = texts(members, "tables");
        Map<String, String> rules = texts(members, "rules");
        List<Plugin> plugins = new ArrayList<>();
        texts(members, "nativePlugins").forEach((key, text) -> plugins.add(plugin(key, text)));
        List<PropertyProfile> profiles = new ArrayList<>();
        PROFILES.forEach((kind, member) -> texts(members, member).forEach((type, text) -> objects(
                        text, member + "." + type)
                .forEach((name, properties) -> profiles.add(new PropertyProfile(kind, type, name, "", properties)))));
        Map<String, byte[]> uploads = new LinkedHashMap<>();
        texts(members, "uploads").forEach((name, text) -> uploads.put(name, content(name, text)));
        for (String member : ABSENT) {
            if (!texts(members, member).isEmpty()) {
                throw invalid("'" + member + "' has entries, and there is no such thing here. Leave them out");
            }
        }
        if (!members.isEmpty()) {
            throw invalid("The document has an unknown member '"
                    + members.keySet().iterator().next() + "'");
        }
        return new DataDocument(streams, tables, rules, plugins, profiles, uploads);
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> members, String name) {
        Object value = members.remove(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw invalid("'" + name + "' must be an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        // objects are taken where eKuiper has them as texts
        object.forEach((key, text) ->
                texts.put(String.valueOf(key), text instanceof String known ? known : JsonText.write(text)));
        return texts;
    }

    private static Plugin plugin(String key, String text) {
        PluginKind kind = Arrays.stream(PluginKind.values())
                .filter(candidate -> key.startsWith(candidate.plural() + "_"))
                .findFirst()
                .orElseThrow(
                        () -> invalid("'" + key + "' in 'nativePlugins' must begin with sources_, sinks_ or the like"));
        Map<String, @Nullable Object> members = JsonText.object("'" + key + "' in 'nativePlugins'", text);
        return new Plugin(
                kind,
                key.substring(kind.plural().length() + 1),
                String.valueOf(Optional.ofNullable(members.get("version")).orElse("")),
                String.valueOf(Optional.ofNullable(members.get("file")).orElse("")));
    }

    private static Map<String, Map<String, @Nullable Object>> objects(String text, String where) {
        Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
        JsonText.object("'" + where + "'", text).forEach((name, value) -> {
            if (!(value instanceof Map<?, ?> properties)) {
                throw invalid("'" + name + "' in '" + where + "' must be an object");
            }
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            properties.forEach((key, property) -> copy.put(String.valueOf(key), property));
            objects.put(name, copy);
        });
        return objects;
    }

    private static byte[] content(String name, String text) {
        Map<String, @Nullable Object> file = JsonText.object("'" + name + "' in 'uploads'", text);
        if (file.get("content") instanceof String content) {
            return content.getBytes(StandardCharsets.UTF_8);
        }
        if (file.get("base64") instanceof String encoded) {
            try {
                return Base64.getDecoder().decode(encoded);
            } catch (IllegalArgumentException e) {
                throw new VarunaException(
                        StandardError.INVALID_JSON, "'base64' of '" + name + "' in 'uploads' cannot be read.", e);
            }
        }
        throw invalid("'" + name + "' in 'uploads' needs 'content', a text, or 'base64'");
    }

    private static VarunaException invalid(String problem) {
        return new VarunaException(StandardError.INVALID_JSON, problem + ".");
    }
}
