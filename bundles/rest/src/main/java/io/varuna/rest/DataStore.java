package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.AvailablePlugin;
import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.PluginDescription;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginRequest;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.StreamService;
import io.varuna.api.manage.UploadService;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings documents to what is configured, and the reverse. A full import leaves everything as it was if any of it is refused;
 * a partial one does what it can. Thread-safe; imports are made one after the other.
 */
final class DataStore {
    private static final Logger LOG = LoggerFactory.getLogger(DataStore.class);
    private static final List<PluginKind> PROFILE_KINDS =
            List.of(PluginKind.SOURCE, PluginKind.SINK, PluginKind.CONNECTION);

    private final StreamService streams;
    private final RuleService rules;
    private final PluginService plugins;
    private final CatalogService catalogs;
    private final ProfileService profiles;
    private final UploadService uploads;
    private final long mostBytes;

    /**
     * Creates it.
     *
     * @param mostBytes of uploaded files in a document
     */
    DataStore(
            StreamService streams,
            RuleService rules,
            PluginService plugins,
            CatalogService catalogs,
            ProfileService profiles,
            UploadService uploads,
            long mostBytes) {
        this.streams = streams;
        this.rules = rules;
        this.plugins = plugins;
        this.catalogs = catalogs;
        this.profiles = profiles;
        this.uploads = uploads;
        this.mostBytes = mostBytes;
    }

    /** Returns all that is configured. */
    DataDocument export() {
        Map<String, Object> ruleset = Json.object(rules.exportRuleset(), "The ruleset");
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
    DataDocument export(List<String> ids) {
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

    /**
     * Imports a document.
     *
     * @param partial whether what is not in the document stays, and what can be done is done though some of it is refused
     * @return by section of the document and name, what was refused and why; empty if all is well
     */
    synchronized Map<String, Map<String, String>> load(DataDocument document, boolean partial) {
        Map<String, Map<String, String>> refused = checkPlugins(document);
        if (!refused.isEmpty() && !partial) {
            return refused;
        }
        DataDocument before = export();
        bring(document, before, partial, refused);
        if (partial) {
            return refused;
        }
        if (refused.isEmpty()) {
            removeOthers(document, refused);
        }
        if (!refused.isEmpty()) {
            Map<String, Map<String, String>> lost = new LinkedHashMap<>();
            DataDocument now = export();
            bring(before, now, false, lost);
            removeOthers(before, lost);
            lost.forEach((section, items) ->
                    items.forEach((name, why) -> refuse(refused, section, name + " (as it was)", why)));
        }
        return refused;
    }

    /** Finds out what of the plugins that are not there could not be installed. */
    private Map<String, Map<String, String>> checkPlugins(DataDocument document) {
        Map<String, Map<String, String>> refused = new LinkedHashMap<>();
        for (DataDocument.Plugin plugin : document.plugins()) {
            if (!isThere(plugin)) {
                attempt(refused, "nativePlugins", plugin.key(), () -> plugins.previewInstall(request(plugin)));
            }
        }
        return refused;
    }

    /** Creates and changes what a document has and is not there just so. */
    private void bring(
            DataDocument document, DataDocument present, boolean partial, Map<String, Map<String, String>> refused) {
        for (DataDocument.Plugin plugin : document.plugins()) {
            boolean hopeless = refused.getOrDefault("nativePlugins", Map.of()).containsKey(plugin.key());
            if (!hopeless && !isThere(plugin)) {
                attempt(refused, "nativePlugins", plugin.key(), () -> plugins.install(request(plugin)));
            }
        }
        document.uploads()
                .forEach((name, content) ->
                        attempt(refused, "uploads", name, () -> uploads.put(name, new ByteArrayInputStream(content))));
        for (PropertyProfile profile : document.profiles()) {
            attempt(refused, profile.kind().plural(), profile.type() + "." + profile.name(), () -> put(profile));
        }
        if (!refused.isEmpty() && !partial) {
            return;
        }
        Map<String, String> changed = new LinkedHashMap<>();
        document.rules().forEach((id, rule) -> {
            String old = present.rules().get(id);
            if (old == null || !old.equals(rule)) {
                changed.put(id, rule);
            }
            if (old != null && !old.equals(rule) && !partial) {
                // versions do not count here: the document does
                attempt(refused, "rules", id, () -> rules.delete(id));
            }
        });
        Map<String, Object> ruleset = new LinkedHashMap<>();
        ruleset.put("streams", changed(document.streams(), present.streams()));
        ruleset.put("tables", changed(document.tables(), present.tables()));
        ruleset.put("rules", changed);
        rules.importRuleset(Json.write(ruleset)).forEach((what, why) -> {
            int blank = what.indexOf(' ');
            refuse(refused, blank < 0 ? what : what.substring(0, blank) + "s", what.substring(blank + 1), why);
        });
    }

    private static Map<String, String> changed(Map<String, String> wanted, Map<String, String> present) {
        Map<String, String> changed = new LinkedHashMap<>(wanted);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(present.get(entry.getKey())));
        return changed;
    }

    /** Removes what a document does not have, but plugins, which other things may need. */
    private void removeOthers(DataDocument document, Map<String, Map<String, String>> refused) {
        DataDocument present = export();
        present.rules().keySet().stream()
                .filter(id -> !document.rules().containsKey(id))
                .forEach(id -> attempt(refused, "rules", id, () -> rules.delete(id)));
        present.streams().keySet().stream()
                .filter(name -> !document.streams().containsKey(name))
                .forEach(name -> attempt(refused, "streams", name, () -> streams.drop(name, false, false)));
        present.tables().keySet().stream()
                .filter(name -> !document.tables().containsKey(name))
                .forEach(name -> attempt(refused, "tables", name, () -> streams.drop(name, true, false)));
        present.uploads().keySet().stream()
                .filter(name -> !document.uploads().containsKey(name))
                .forEach(name -> attempt(refused, "uploads", name, () -> uploads.remove(name)));
        for (PropertyProfile profile : present.profiles()) {
            boolean kept = document.profiles().stream()
                    .anyMatch(wanted -> wanted.isFor(profile.kind(), profile.type(), profile.name()));
            if (!kept) {
                removeUnlessNeeded(profile);
            }
        }
    }

    /** Removes named properties, but not those that are in a file, or that a rule of the document names. */
    private void removeUnlessNeeded(PropertyProfile profile) {
        try {
            profiles.remove(profile.kind(), profile.type(), profile.name());
        } catch (VarunaException e) {
            LOG.info("An import left properties that it does not have: {}", e.getMessage());
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

    private static Map<String, String> texts(Map<String, Object> members, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (members.get(name) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long left = mostBytes;
        try {
            for (Path file : uploads.list()) {
                left -= Files.size(file);
                if (left < 0) {
                    throw new VarunaException(
                            StandardError.REQUEST_TOO_LARGE,
                            "The uploaded files are larger than the " + mostBytes
                                    + " bytes that a document may have. Copy"
                                    + " their directory instead, or raise 'body.limit' in the configuration"
                                    + " 'io.varuna.rest'.");
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

    private static void refuse(Map<String, Map<String, String>> refused, String section, String name, String why) {
        refused.computeIfAbsent(section, key -> new LinkedHashMap<>()).put(name, why);
    }
}
