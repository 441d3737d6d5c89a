package io.varuna.pluginmanager;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.pluginmanager.WantedPlugin.Role;
import io.varuna.pluginmanager.WantedPlugin.WantedBundle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of wanted plugins as a JSON document. */
final class WantedPluginsJson {
    private static final int FORMAT = 1;
    private static final JSON JSON_FORM =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES);

    private WantedPluginsJson() {}

    /** Reads a list; fails if it has another form. */
    static List<WantedPlugin> read(String text) throws IOException {
        Map<String, Object> document = JSON_FORM.mapFrom(text);
        if (!(document.get("format") instanceof Integer format) || format > FORMAT) {
            throw new IOException("its format is " + document.get("format") + ", this version knows " + FORMAT);
        }
        List<WantedPlugin> plugins = new ArrayList<>();
        for (Object plugin : elements(document.get("plugins"))) {
            plugins.add(plugin(members(plugin)));
        }
        return plugins;
    }

    private static WantedPlugin plugin(Map<?, ?> members) throws IOException {
        List<WantedBundle> bundles = new ArrayList<>();
        for (Object bundle : elements(members.get("bundles"))) {
            Map<?, ?> parts = members(bundle);
            bundles.add(new WantedBundle(text(parts, "symbolicName"), text(parts, "version"), text(parts, "sha256")));
        }
        try {
            PluginKind kind = PluginKind.valueOf(text(members, "kind"));
            Role role = members.containsKey("role") ? Role.valueOf(text(members, "role")) : Role.ACTIVE;
            if (bundles.isEmpty()) {
                throw new IOException("a plugin has no bundles");
            }
            List<PropertyProfile> profiles = new ArrayList<>();
            for (Object profile : members.containsKey("profiles") ? elements(members.get("profiles")) : List.of()) {
                profiles.add(profile(members(profile)));
            }
            String signer = members.containsKey("signer") ? text(members, "signer") : "";
            return new WantedPlugin(
                    new Offer(kind, text(members, "name")), text(members, "source"), signer, bundles, profiles, role);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "kind '" + members.get("kind") + "' or role '" + members.get("role") + "' is not known", e);
        }
    }

    private static PropertyProfile profile(Map<?, ?> members) throws IOException {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        members(members.get("properties")).forEach((name, value) -> properties.put(String.valueOf(name), value));
        return new PropertyProfile(
                PluginKind.valueOf(text(members, "kind")),
                text(members, "type"),
                text(members, "name"),
                text(members, "plugin"),
                properties);
    }

    private static List<?> elements(@Nullable Object value) throws IOException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IOException("a list is missing");
    }

    private static Map<?, ?> members(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("'" + value + "' is not an object");
    }

    private static String text(Map<?, ?> members, String name) throws IOException {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("member '" + name + "' is missing");
    }

    static String write(List<WantedPlugin> plugins) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("plugins", plugins.stream().map(WantedPluginsJson::members).toList());
        return JSON_FORM.asString(document);
    }

    private static Map<String, Object> members(WantedPlugin plugin) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", plugin.offer().kind().name());
        members.put("name", plugin.offer().name());
        members.put("source", plugin.source());
        members.put("signer", plugin.signer());
        members.put("role", plugin.role().name());
        members.put(
                "bundles",
                plugin.bundles().stream().map(WantedPluginsJson::members).toList());
        members.put(
                "profiles",
                plugin.profiles().stream().map(WantedPluginsJson::members).toList());
        return members;
    }

    private static Map<String, Object> members(PropertyProfile profile) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", profile.kind().name());
        members.put("type", profile.type());
        members.put("name", profile.name());
        members.put("plugin", profile.plugin());
        members.put("properties", profile.properties());
        return members;
    }

    private static Map<String, Object> members(WantedBundle bundle) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("symbolicName", bundle.symbolicName());
        members.put("version", bundle.version());
        members.put("sha256", bundle.sha256());
        return members;
    }
}
