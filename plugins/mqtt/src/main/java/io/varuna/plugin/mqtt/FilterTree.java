package io.varuna.plugin.mqtt;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds who asked for a topic. No two filters in it overlap, so that there is at most one answer: brokers differ in
 * whether a message that matches two subscriptions of a client comes once or twice.
 */
final class FilterTree<T> {
    private final Node<T> root = new Node<>();

    /** Adds all filters, or none of them if one overlaps a filter that is there already. */
    boolean add(Collection<TopicFilter> filters, T value) {
        for (TopicFilter filter : filters) {
            if (overlaps(root, filter.levels(), 0)) {
                return false;
            }
        }
        for (TopicFilter filter : filters) {
            Node<T> node = root;
            for (String level : filter.levels()) {
                node = node.children.computeIfAbsent(level, name -> new Node<>());
            }
            node.value = value;
        }
        return true;
    }

    void remove(Collection<TopicFilter> filters) {
        for (TopicFilter filter : filters) {
            remove(root, filter.levels(), 0);
        }
    }

    @Nullable
    T match(String topic) {
        return match(root, topic, 0, true);
    }

    private static <T> void remove(Node<T> node, List<String> levels, int depth) {
        if (depth == levels.size()) {
            node.value = null;
            return;
        }
        Node<T> child = node.children.get(levels.get(depth));
        if (child != null) {
            remove(child, levels, depth + 1);
            if (child.value == null && child.children.isEmpty()) {
                node.children.remove(levels.get(depth));
            }
        }
    }

    /** {@code from} is past the end of the topic by two after its last level, as if a separator followed it. */
    private static <T> @Nullable T match(Node<T> node, String topic, int from, boolean first) {
        // wildcards at the first level leave out the topics of the broker itself, such as $SYS
        boolean wild = !first || !topic.startsWith("$");
        Node<T> rest = wild ? node.children.get("#") : null;
        if (rest != null) {
            return rest.value;
        }
        if (from > topic.length()) {
            return node.value;
        }
        int end = topic.indexOf('/', from);
        int to = end < 0 ? topic.length() : end;
        Node<T> exact = node.children.get(topic.substring(from, to));
        T found = exact == null ? null : match(exact, topic, to + 1, false);
        if (found != null || !wild) {
            return found;
        }
        Node<T> any = node.children.get("+");
        return any == null ? null : match(any, topic, to + 1, false);
    }

    private static <T> boolean overlaps(Node<T> node, List<String> levels, int depth) {
        if (node.children.containsKey("#")) {
            return true;
        }
        if (depth == levels.size()) {
            return node.value != null;
        }
        String level = levels.get(depth);
        if (level.equals("#")) {
            return node.value != null || !node.children.isEmpty();
        }
        if (level.equals("+")) {
            return node.children.values().stream().anyMatch(child -> overlaps(child, levels, depth + 1));
        }
        Node<T> exact = node.children.get(level);
        Node<T> any = node.children.get("+");
        return (exact != null && overlaps(exact, levels, depth + 1))
                || (any != null && overlaps(any, levels, depth + 1));
    }

    private static final class Node<T> {
        final Map<String, Node<T>> children = new HashMap<>();

        @Nullable
        T value;
    }
}
