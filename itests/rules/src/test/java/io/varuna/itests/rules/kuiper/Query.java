package io.varuna.itests.rules.kuiper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SELECT cut into its clauses, so that a case about one of them can be run as a whole rule. Each without its keyword. */
record Query(String select, String from, String where, String groupBy, String having, String orderBy, String limit) {
    private static final List<String> KEYWORDS =
            List.of("SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT");
    private static final Pattern KEYWORD =
            Pattern.compile("(SELECT|FROM|WHERE|GROUP\\s+BY|HAVING|ORDER\\s+BY|LIMIT)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOURCE = Pattern.compile(
            "(?:^|\\bJOIN\\b)\\s*([A-Za-z0-9_/#+-]+|`[^`]+`)(?:\\s+AS\\s+(\\w+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

    static Query of(String statement) {
        String sql = COMMENT.matcher(statement).replaceAll(" ");
        String[] clauses = new String[KEYWORDS.size()];
        Arrays.fill(clauses, "");
        int current = -1;
        int start = 0;
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (depth == 0 && (i == 0 || !Character.isJavaIdentifierPart(sql.charAt(i - 1)))) {
                Matcher matcher = KEYWORD.matcher(sql).region(i, sql.length());
                if (matcher.lookingAt()) {
                    if (current >= 0) {
                        clauses[current] = sql.substring(start, i).strip();
                    }
                    String keyword = matcher.group().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
                    current = KEYWORDS.indexOf(keyword);
                    start = matcher.end();
                    i = start - 1;
                }
            }
        }
        if (current >= 0) {
            clauses[current] = sql.substring(start).replaceFirst(";\\s*$", "").strip();
        }
        return new Query(clauses[0], clauses[1], clauses[2], clauses[3], clauses[4], clauses[5], clauses[6]);
    }

    /** Returns the names of the streams and tables. */
    List<String> sources() {
        List<String> names = new ArrayList<>();
        Matcher matcher = SOURCE.matcher(from);
        while (matcher.find()) {
            names.add(matcher.group(1).replace("`", ""));
        }
        return names;
    }

    /** Returns the names by which the query calls its streams and tables, with their own names. */
    Map<String, String> aliases() {
        Map<String, String> aliases = new LinkedHashMap<>();
        Matcher matcher = SOURCE.matcher(from);
        while (matcher.find()) {
            String name = matcher.group(1).replace("`", "");
            aliases.put(matcher.group(2) == null ? name : matcher.group(2), name);
        }
        return aliases;
    }

    /** Returns the dimensions of GROUP BY that are no windows. */
    List<String> dimensions() {
        List<String> dimensions = new ArrayList<>();
        for (String dimension : split(groupBy)) {
            if (!isWindow(dimension)) {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private static boolean isWindow(String dimension) {
        return dimension.toUpperCase(Locale.ROOT).matches("(?s)[A-Z]+WINDOW\\s*\\(.*");
    }

    /** Splits a list at the commas that are not in parentheses or texts. */
    static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(list.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (!list.isBlank()) {
            parts.add(list.substring(start).strip());
        }
        return parts;
    }

    Query withSelect(String changed) {
        return new Query(changed, from, where, groupBy, having, orderBy, limit);
    }

    Query withFrom(String changed) {
        return new Query(select, changed, where, groupBy, having, orderBy, limit);
    }

    Query withWhere(String changed) {
        return new Query(select, from, changed, groupBy, having, orderBy, limit);
    }

    Query withGroupBy(String changed) {
        return new Query(select, from, where, changed, having, orderBy, limit);
    }

    Query withHaving(String changed) {
        return new Query(select, from, where, groupBy, changed, orderBy, limit);
    }

    Query withOrderBy(String changed) {
        return new Query(select, from, where, groupBy, having, changed, limit);
    }

    Query withoutLimit() {
        return new Query(select, from, where, groupBy, having, orderBy, "");
    }

    String sql() {
        return "SELECT " + select + " FROM " + from + clause(" WHERE ", where) + clause(" GROUP BY ", groupBy)
                + clause(" HAVING ", having) + clause(" ORDER BY ", orderBy) + clause(" LIMIT ", limit);
    }

    private static String clause(String keyword, String clause) {
        return clause.isEmpty() ? "" : keyword + clause;
    }
}
