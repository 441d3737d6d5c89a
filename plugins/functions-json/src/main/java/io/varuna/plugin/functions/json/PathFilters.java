package io.varuna.plugin.functions.json;

/** Filters of a JSONPath: RFC 9535 and eKuiper write {@code [?@.a > 1]}, the library {@code [?(@.a > 1)]}. */
final class PathFilters {
    private PathFilters() {}

    /** Puts the conditions of filters into parentheses. More of them than needed mean the same. */
    static String parenthesised(String path) {
        StringBuilder written = new StringBuilder(path.length() + 4);
        int from = 0;
        int filter = path.indexOf("[?");
        while (filter >= 0) {
            int start = filter + 2;
            while (start < path.length() && path.charAt(start) == ' ') {
                start++;
            }
            int end = end(path, start);
            if (end < 0) {
                break;
            }
            written.append(path, from, filter + 2)
                    .append('(')
                    .append(path, start, end)
                    .append(')');
            from = end;
            filter = path.indexOf("[?", end);
        }
        return written.append(path, from, path.length()).toString();
    }

    /** Returns where the bracket closes that was opened before, or -1. */
    private static int end(String path, int start) {
        int depth = 1;
        char quote = 0;
        for (int i = start; i < path.length(); i++) {
            char c = path.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
