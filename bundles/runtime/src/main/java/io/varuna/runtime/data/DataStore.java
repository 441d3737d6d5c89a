package io.varuna.runtime.data;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.DataService;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.Secrets;
import io.varuna.api.manage.UploadService;
import io.varuna.runtime.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings documents to what is configured, and the reverse. A full import leaves everything as it was if any of it is refused;
 * a partial one does what it can. Thread-safe; imports are made one after the other.
 */
@Component
public final class DataStore implements DataService {
    private static final Logger LOG = LoggerFactory.getLogger(DataStore.class);
    private static final List<PluginKind> PROFILE_KINDS =
            List.of(PluginKind.SOURCE, PluginKind.SINK, PluginKind.CONNECTION);

    /** Of uploaded files in a document, as all of it is in memory. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final String PLUGINS = "nativePlugins";

    private final RuleService rules;
    private final PluginService plugins;
    private final CatalogService catalogs;
    private final ProfileService profiles;
    private final UploadService uploads;

    @Activate
    public DataStore(
            @Reference RuleService rules,
            @Reference PluginService plugins,
            @Reference CatalogService catalogs,
            @Reference ProfileService profiles,
            @Reference UploadService uploads) {
        this.rules = rules;
        this.plugins = plugins;
        this.catalogs = catalogs;
        this.profiles = profiles;
        this.uploads = uploads;
    }

    @Override
    public String export(boolean secrets) {
        return export().json(secrets);
    }

    @Override
    public String export(List<String> ids, boolean secrets) {
        return export(ids).json(secrets);
    }

    private DataDocument export() {
        Map<String, @Nullable Object> ruleset = JsonText.object("The ruleset", rules.exportRuleset());
        List<PropertyProfile> given = new ArrayList<>();
        for (PluginKind kind : PROFILE_KINDS) {
            profiles.list(kind).stream()
                    .filter(profile -> profile.plugin().isEmpty())
                    .forEach(given::add);
        }
        return new DataDocument(
                texts(ruleset, "streams"),
                texts(ruleset, "tables"),
                texts(ruleset, "rules"),
                plugins.list().stream()
                        .filter(PluginDescription::isAdmitted)
                        .map(this::plugin)
                        .toList(),
                given,
                files());
    }

    /** Returns some rules and what they depend on. Uploaded files are all in it, as rules name them in many ways. */
    private DataDocument export(List<String> ids) {
        DataDocument all = export();
        Map<String, String> wanted = new LinkedHashMap<>();
        // says so if there is no such rule
        ids.forEach(id -> wanted.put(id, rules.get(id)));
        Set<String> read = wanted.values().stream()
                .flatMap(rule -> rules.validate(rule).sources().stream())
                .collect(Collectors.toSet());
        Map<String, String> ownStreams = new LinkedHashMap<>(all.streams());
        ownStreams.keySet().retainAll(read);
        Map<String, String> ownTables = new LinkedHashMap<>(all.tables());
        ownTables.keySet().retainAll(read);
        List<PropertyProfile> used = all.profiles().stream()
                .filter(profile -> profiles.users(profile.kind(), profile.type(), profile.name()).stream()
                        .anyMatch(wanted::containsKey))
                .toList();
        return new DataDocument(ownStreams, ownTables, wanted, all.plugins(), used, all.uploads());
    }

    @Override
    public synchronized Map<String, Map<String, String>> add(String json) {
        DataDocument document = DataDocument.parse(json);
        DataDocument present = export();
        Map<String, Map<String, String>> refused = checkPlugins(document);
        prepare(document, refused);
        refuse(
                refused,
                rules.importRuleset(ruleset(
                        changed(document.streams(), present.streams()),
                        changed(document.tables(), present.tables()),
                        changed(document.rules(), present.rules()))));
        return refused;
    }

    @Override
    public synchronized Map<String, Map<String, String>> replace(String json) {
        DataDocument document = DataDocument.parse(json);
        Map<String, Map<String, String>> refused = checkPlugins(document);
        if (refused.isEmpty()) {
            replace(document, refused);
        }
        return refused;
    }

    /** Makes everything as a document says; what rules need comes first, so that none of them stops before all that can fail. */
    private void replace(DataDocument document, Map<String, Map<String, String>> refused) {
        DataDocument before = export();
        boolean made = false;
        try {
            prepare(document, refused);
            if (refused.isEmpty()) {
                refuse(refused, rules.replaceRuleset(ruleset(document.streams(), document.tables(), document.rules())));
            }
            made = refused.isEmpty();
        } finally {
            if (!made) {
                putBack(before, refused);
            }
        }
        if (made) {
            removeOthers(document);
        }
    }

    private void putBack(DataDocument before, Map<String, Map<String, String>> refused) {
        Map<String, Map<String, String>> lost = new LinkedHashMap<>();
        prepare(before, lost);
        removeOthers(before);
        lost.forEach(
                (section, items) -> items.forEach((name, why) -> refuse(refused, section, name + " (as it was)", why)));
    }

    /** Finds out what of the plugins that are not there could not be installed. */
    private Map<String, Map<String, String>> checkPlugins(DataDocument document) {
        Map<String, Map<String, String>> refused = new LinkedHashMap<>();
        for (DataDocument.Plugin plugin : document.plugins()) {
            if (!isThere(plugin)) {
                attempt(refused, PLUGINS, plugin.key(), () -> plugins.previewInstall(request(plugin)));
            }
        }
        return refused;
    }

    /** Makes what the rules of a document may need, but streams. */
    private void prepare(DataDocument document, Map<String, Map<String, String>> refused) {
        for (DataDocument.Plugin plugin : document.plugins()) {
            boolean hopeless = refused.getOrDefault(PLUGINS, Map.of()).containsKey(plugin.key());
            if (!hopeless && !isThere(plugin)) {
                attempt(refused, PLUGINS, plugin.key(), () -> plugins.install(request(plugin)));
            }
        }
        document.uploads()
                .forEach((name, content) ->
                        attempt(refused, "uploads", name, () -> uploads.put(name, new ByteArrayInputStream(content))));
        for (PropertyProfile profile : document.profiles()) {
            attempt(refused, profile.kind().plural(), profile.type() + "." + profile.name(), () -> put(profile));
        }
    }

    private static String ruleset(Map<String, String> streams, Map<String, String> tables, Map<String, String> rules) {
        Map<String, Object> ruleset = new LinkedHashMap<>();
        ruleset.put("streams", streams);
        ruleset.put("tables", tables);
        ruleset.put("rules", rules);
        return JsonText.write(ruleset);
    }

    private static Map<String, String> changed(Map<String, String> wanted, Map<String, String> present) {
        Map<String, String> changed = new LinkedHashMap<>(wanted);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(present.get(entry.getKey())));
        return changed;
    }

    /** Removes files and properties that a document does not have, unless something needs them. */
    private void removeOthers(DataDocument document) {
        DataDocument present = export();
        present.uploads().keySet().stream()
                .filter(name -> !document.uploads().containsKey(name))
                .forEach(name -> removeUnlessNeeded("file '" + name + "'", () -> uploads.remove(name)));
        present.profiles().stream()
                .filter(profile -> document.profiles().stream()
                        .noneMatch(wanted -> wanted.isFor(profile.kind(), profile.type(), profile.name())))
                .forEach(profile -> removeUnlessNeeded(
                        "properties '" + profile.name() + "' of '" + profile.type() + "'",
                        () -> profiles.remove(profile.kind(), profile.type(), profile.name())));
    }

    /** Removes something; what is in a file of the configuration, or is named by a rule, stays. */
    private static void removeUnlessNeeded(String what, Runnable removal) {
        try {
            removal.run();
        } catch (VarunaException e) {
            LOG.info("An import left the {}, which its document does not have: {}", what, e.getMessage());
        }
    }

    private void put(PropertyProfile profile) {
        Map<String, @Nullable Object> former = profiles.list(profile.kind()).stream()
                .filter(known -> known.isFor(profile.kind(), profile.type(), profile.name()))
                .findFirst()
                .map(PropertyProfile::properties)
                .orElse(Map.of());
        Map<String, @Nullable Object> wanted = Secrets.kept(profile.properties(), former);
        if (!wanted.equals(former)) {
            profiles.put(new PropertyProfile(profile.kind(), profile.type(), profile.name(), "", wanted));
        }
    }

    private boolean isThere(DataDocument.Plugin plugin) {
        return plugins.list(plugin.kind()).stream()
                .anyMatch(known -> known.name().equals(plugin.name()));
    }

    private DataDocument.Plugin plugin(PluginDescription plugin) {
        String address = catalogs.offering(plugin.kind(), plugin.name())
                .filter(available -> available.version().equals(plugin.version()))
                .map(AvailablePlugin::address)
                .orElse("");
        return new DataDocument.Plugin(plugin.kind(), plugin.name(), plugin.version(), address);
    }

    private static PluginRequest request(DataDocument.Plugin plugin) {
        return new PluginRequest(plugin.kind(), plugin.name(), plugin.file(), List.of());
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> members, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (members.get(name) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long left = MOST_BYTES;
        try {
            for (Path file : uploads.list()) {
                left -= Files.size(file);
                if (left < 0) {
                    throw new VarunaException(
                            StandardError.REQUEST_TOO_LARGE,
                            "The uploaded files are larger than the " + MOST_BYTES
                                    + " bytes that a document may have. Copy their directory instead, and remove some"
                                    + " of them.");
                }
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void attempt(
            Map<String, Map<String, String>> refused, String section, String name, Runnable action) {
        try {
            action.run();
        } catch (VarunaException e) {
            refuse(refused, section, name, String.valueOf(e.getMessage()));
        }
    }

    /** Takes over what a ruleset says was refused, such as {@code rule r1}. */
    private static void refuse(Map<String, Map<String, String>> refused, Map<String, String> ruleset) {
        ruleset.forEach((what, why) -> {
            int blank = what.indexOf(' ');
            refuse(refused, blank < 0 ? what : what.substring(0, blank) + "s", what.substring(blank + 1), why);
        });
    }

    private static void refuse(Map<String, Map<String, String>> refused, String section, String name, String why) {
        refused.computeIfAbsent(section, key -> new LinkedHashMap<>()).put(name, why);
    }
}
