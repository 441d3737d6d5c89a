package io.varuna.plugin.memory;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.List;

/** A topic whose levels may be wildcards: {@code +} stands for one level, {@code #} at the end for any number. */
record TopicFilter(String text, List<String> levels) {
    /** Checks and returns a filter as a stream's DATASOURCE gives it. */
    static TopicFilter of(String text, String stream) {
        String[] levels = text.split("/", -1);
        if (text.isEmpty()) {
            throw invalid(stream, "needs a topic in DATASOURCE, such as devices/+/state");
        }
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            boolean wildcard = level.equals("+") || level.equals("#");
            if (!wildcard && (level.contains("+") || level.contains("#"))) {
                throw invalid(stream, "has topic '" + text + "'. A wildcard stands for a whole level, as in a/+/b");
            }
            if (level.equals("#") && i < levels.length - 1) {
                throw invalid(stream, "has topic '" + text + "'. The wildcard # stands at the end");
            }
        }
        return new TopicFilter(text, List.of(levels));
    }

    /** Tells whether a topic without wildcards is meant. */
    boolean matches(String topic) {
        String[] parts = topic.split("/", -1);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.equals("#")) {
                return true;
            }
            if (i == parts.length || !(level.equals("+") || level.equals(parts[i]))) {
                return false;
            }
        }
        return parts.length == levels.size();
    }

    private static VarunaException invalid(String stream, String problem) {
        return new VarunaException(
                StandardError.INVALID_STREAM, "Source 'memory' of stream '" + stream + "' " + problem);
    }
}
