package io.varuna.plugin.http;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which {@code {{.column}}} stands for a value of the key.
 *
 * @param texts what is around the places: one more than places
 */
record KeyTemplate(List<String> texts, List<Place> places) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\s*\\.(\\S+)\\s*");

    KeyTemplate {
        texts = List.copyOf(texts);
        places = List.copyOf(places);
    }

    /**
     * A place for a value.
     *
     * @param column its position in the key
     * @param quoted whether it is within double quotes
     */
    record Place(int column, boolean quoted) {}

    /** Writes a value so that it means nothing but itself where it stands. */
    @FunctionalInterface
    interface Escape {
        String apply(Object value, boolean quoted);
    }

    /** Reads a template; fails where a place does not stand for a value of the key. */
    static KeyTemplate of(String template, List<String> keyColumns) {
        List<String> texts = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Matcher place = PLACE.matcher(template);
        boolean quoted = false;
        int from = 0;
        while (place.find()) {
            String text = template.substring(from, place.start());
            quoted ^= changesQuotes(text);
            texts.add(text);
            places.add(new Place(column(place, template, keyColumns), quoted));
            from = place.end();
        }
        texts.add(template.substring(from));
        return new KeyTemplate(texts, places);
    }

    private static int column(Matcher place, String template, List<String> keyColumns) {
        Matcher name = NAME.matcher(place.group(1));
        int column = name.matches() ? keyColumns.indexOf(name.group(1)) : -1;
        if (column < 0) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "'" + template + "': " + place.group()
                            + " stands for no column that the join compares. It compares: "
                            + String.join(", ", keyColumns) + ", written as {{." + keyColumns.get(0) + "}}");
        }
        return column;
    }

    private static boolean changesQuotes(String text) {
        boolean changes = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                changes = !changes;
            }
        }
        return changes;
    }

    boolean names(int column) {
        return places.stream().anyMatch(place -> place.column() == column);
    }

    boolean isFixed() {
        return places.isEmpty();
    }

    String fill(List<Object> key, Escape escape) {
        StringBuilder filled = new StringBuilder(texts.get(0));
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            filled.append(escape.apply(key.get(place.column()), place.quoted())).append(texts.get(i + 1));
        }
        return filled.toString();
    }
}
