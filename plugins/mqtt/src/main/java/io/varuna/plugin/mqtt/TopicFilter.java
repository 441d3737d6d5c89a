package io.varuna.plugin.mqtt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client subscribes to: levels with {@code +} for any one level and {@code #} for all the rest, or
 * {@code $share/group/filter}, of which the broker sends each message to one member of the group.
 *
 * @param text as the broker gets it
 * @param levels without the group
 */
record TopicFilter(String text, List<String> levels) {
    private static final String TAKES =
            "topics separated by commas, with '+' for one level and '#' for all further ones";

    /** Reads a comma-separated list, leaving out filters that another one of the list covers. */
    static List<TopicFilter> parseList(String topics) {
        List<TopicFilter> filters = Stream.of(topics.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(TopicFilter::parse)
                .toList();
        if (filters.isEmpty()) {
            throw InvalidProperty.of("DATASOURCE", TAKES, topics);
        }
        List<TopicFilter> needed = new ArrayList<>();
        for (TopicFilter filter : filters) {
            if (filters.stream().noneMatch(other -> !other.equals(filter) && other.covers(filter))) {
                needed.add(filter);
            }
        }
        return List.copyOf(needed);
    }

    static TopicFilter parse(String text) {
        List<String> levels = Arrays.asList(text.split("/", -1));
        if (levels.get(0).equals("$share")) {
            if (levels.size() < 3 || levels.get(1).isEmpty()) {
                throw InvalidProperty.of("DATASOURCE", "a shared subscription as $share/group/topic", text);
            }
            levels = levels.subList(2, levels.size());
        }
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean misplacedHash = level.contains("#") && (level.length() > 1 || i < levels.size() - 1);
            boolean misplacedPlus = level.contains("+") && level.length() > 1;
            if (misplacedHash || misplacedPlus || level.indexOf('\0') >= 0) {
                throw InvalidProperty.of("DATASOURCE", TAKES, text);
            }
        }
        return new TopicFilter(text, List.copyOf(levels));
    }

    /** Tells whether every topic that {@code other} matches is matched by this filter as well. */
    private boolean covers(TopicFilter other) {
        if (isShared() || other.isShared()) {
            return false;
        }
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.equals("#")) {
                return i > 0 || !other.levels.get(0).startsWith("$");
            }
            if (i == other.levels.size() || other.levels.get(i).equals("#")) {
                return false;
            }
            String theirs = other.levels.get(i);
            boolean anyLevel = level.equals("+") && (i > 0 || !theirs.startsWith("$"));
            if (!anyLevel && !level.equals(theirs)) {
                return false;
            }
        }
        return levels.size() == other.levels.size();
    }

    private boolean isShared() {
        return text.startsWith("$share/");
    }

    @Override
    public String toString() {
        return text;
    }
}
