package io.varuna.pluginmanager;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.manage.PluginChange;
import io.varuna.api.manage.PluginEvent;
import io.varuna.api.manage.PluginEvent.What;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to plugins, as lines of JSON in a file, and the latest of it in memory. A log that cannot be written is no
 * reason to stop: it says so in the log of the container. Thread-safe.
 */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int MOST = 500;

    private final Path file;
    private final Clock clock;
    private final Deque<PluginEvent> latest = new ArrayDeque<>();
    private int lines;

    /** Whether the file does not end with a whole line, because the container was killed while it wrote. */
    private boolean cutOff;

    EventLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        read();
    }

    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            // the end of a file that was cut off may be no text
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            cutOff = !text.isEmpty() && !text.endsWith("\n");
            text.lines().forEach(this::readLine);
        } catch (IOException e) {
            LOG.warn("The events in '{}' cannot be read: {}", file, e.getMessage());
        }
    }

    private void readLine(String line) {
        lines++;
        try {
            remember(event(line));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Line {} of the events in '{}' cannot be read and is left out: {}", lines, file, e.getMessage());
        }
    }

    private static PluginEvent event(String line) throws IOException {
        Map<String, Object> members = JSON.std.mapFrom(line);
        if (members.get("time") instanceof Number time) {
            return new PluginEvent(
                    time.longValue(),
                    What.valueOf(String.valueOf(members.get("what"))),
                    String.valueOf(members.get("plugin")),
                    String.valueOf(members.get("message")));
        }
        throw new IOException("an event has no time");
    }

    private void remember(PluginEvent event) {
        latest.addFirst(event);
        if (latest.size() > MOST) {
            latest.removeLast();
        }
    }

    /** Writes down what has changed. */
    void add(PluginChange change) {
        String rules = change.rules().isEmpty()
                ? ""
                : "; rules concerned: " + change.rules().size();
        if (change.to().isEmpty()) {
            add(What.REMOVED, change.plugin(), "Version " + change.from() + " is removed" + rules);
        } else if (change.from().isEmpty()) {
            add(What.INSTALLED, change.plugin(), "Version " + change.to() + " is installed" + rules);
        } else {
            add(
                    What.EXCHANGED,
                    change.plugin(),
                    "Version " + change.to() + " is in the place of " + change.from() + rules);
        }
    }

    /** Writes down that a plugin is refused, unless that is what happened last to it, such as before a restart. */
    synchronized void refused(String plugin, String reason) {
        boolean known = latest.stream()
                .filter(event -> event.plugin().equals(plugin))
                .findFirst()
                .filter(event -> event.what() == What.REFUSED && event.message().equals(reason))
                .isPresent();
        if (!known) {
            LOG.warn("{}", reason);
            add(What.REFUSED, plugin, reason);
        }
    }

    synchronized void add(What what, String plugin, String message) {
        PluginEvent event = new PluginEvent(clock.millis(), what, plugin, message);
        remember(event);
        try {
            if (lines >= 2 * MOST) {
                rewrite();
                return;
            }
            String text = cutOff ? "\n" + line(event) : line(event);
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            cutOff = false;
            lines++;
        } catch (IOException e) {
            LOG.warn("An event cannot be written to '{}': {}", file, e.getMessage());
        }
    }

    /** Forgets what is too old. */
    private void rewrite() throws IOException {
        StringBuilder text = new StringBuilder();
        List<PluginEvent> oldestFirst = new ArrayList<>(latest);
        Collections.reverse(oldestFirst);
        for (PluginEvent event : oldestFirst) {
            text.append(line(event));
        }
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = oldestFirst.size();
        cutOff = false;
    }

    private static String line(PluginEvent event) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", event.time());
        members.put("what", event.what().name());
        members.put("plugin", event.plugin());
        members.put("message", event.message());
        return JSON.std.asString(members) + "\n";
    }

    /** Returns the latest events, the last one first. */
    synchronized List<PluginEvent> latest() {
        return List.copyOf(latest);
    }
}
