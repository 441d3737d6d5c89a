package io.varuna.pluginmanager;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version of a plugin is in use where there are several, in a file: what rules refused to move to before a restart is
 * not to be taken after it, nor if the one in use goes. Thread-safe.
 */
final class PreferredVersions {
    private static final Logger LOG = LoggerFactory.getLogger(PreferredVersions.class);

    private final Path file;
    private final Clock clock;
    private final Map<String, Decision> decisions = new TreeMap<>();

    private PreferredVersions(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * What was decided of a plugin.
     *
     * @param version in use; empty if the highest is that was not refused
     * @param time in milliseconds
     * @param refused versions that rules refused to move to
     */
    private record Decision(String version, long time, Set<String> refused) {
        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("version", version);
            members.put("time", time);
            if (!refused.isEmpty()) {
                members.put("refused", refused);
            }
            return members;
        }
    }

    /** Reads the file. Without it, or if it is damaged, the highest version of each plugin is in use. */
    static PreferredVersions open(Path file, Clock clock) {
        PreferredVersions preferred = new PreferredVersions(file, clock);
        try {
            if (Files.exists(file)) {
                JSON.std.mapFrom(Files.readString(file)).forEach(preferred::restore);
            }
        } catch (IOException e) {
            LOG.warn("'{}' cannot be read; of each plugin the highest version is used: {}", file, e.getMessage());
        }
        return preferred;
    }

    private void restore(String plugin, Object value) {
        if (value instanceof Map<?, ?> members
                && members.get("version") instanceof String version
                && members.get("time") instanceof Number time) {
            Set<String> refused = new TreeSet<>();
            if (members.get("refused") instanceof List<?> versions) {
                versions.forEach(refusedVersion -> refused.add(String.valueOf(refusedVersion)));
            }
            decisions.put(plugin, new Decision(version, time.longValue(), refused));
        }
    }

    synchronized boolean has(String plugin, String version) {
        Decision decision = decisions.get(plugin);
        return decision != null && decision.version().equals(version);
    }

    /** Tells whether it was decided after a time, in milliseconds, which version is in use. */
    synchronized boolean isDecidedAfter(String plugin, long time) {
        Decision decision = decisions.get(plugin);
        return decision != null && !decision.version().isEmpty() && decision.time() > time;
    }

    /** Returns the versions in use by plugin. */
    synchronized Map<String, String> all() {
        return decisions.entrySet().stream()
                .filter(decision -> !decision.getValue().version().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, decision -> decision.getValue().version()));
    }

    /** Returns the versions that rules refused to move to, and did not take since, by plugin. */
    synchronized Map<String, Set<String>> refused() {
        return decisions.keySet().stream().collect(Collectors.toMap(plugin -> plugin, this::refused));
    }

    /** Returns those of one plugin. */
    synchronized Set<String> refused(String plugin) {
        Decision decision = decisions.get(plugin);
        return decision == null ? Set.of() : Set.copyOf(decision.refused());
    }

    /** Has a version of a plugin be in use; an empty one for the highest that was not refused. */
    synchronized void put(String plugin, String version) {
        Set<String> refused = new TreeSet<>(refused(plugin));
        refused.remove(version);
        decide(plugin, version, refused);
    }

    /** Has a version of a plugin not be taken in the place of the one in use, should that go, while there is another. */
    synchronized void refuse(String plugin, String version) {
        Decision decision = decisions.get(plugin);
        Set<String> refused = new TreeSet<>(refused(plugin));
        refused.add(version);
        decide(plugin, decision == null ? "" : decision.version(), refused);
    }

    private void decide(String plugin, String version, Set<String> refused) {
        if (version.isEmpty() && refused.isEmpty()) {
            decisions.remove(plugin);
        } else {
            decisions.put(plugin, new Decision(version, clock.millis(), refused));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        decisions.forEach((name, decision) -> document.put(name, decision.members()));
        try {
            WholeFile.write(file, JSON.std.asString(document));
        } catch (IOException e) {
            // no reason to undo what it is about; after a restart the list of what is installed counts
            LOG.error("'{}' cannot be written: {}", file, e.toString());
        }
    }
}
