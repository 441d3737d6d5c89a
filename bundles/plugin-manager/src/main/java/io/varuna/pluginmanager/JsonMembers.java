package io.varuna.pluginmanager;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that must have them. */
record JsonMembers(Map<?, ?> members) {
    static JsonMembers of(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return new JsonMembers(map);
        }
        throw new IOException("'" + value + "' is not an object");
    }

    String text(String name) throws IOException {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("member '" + name + "' is missing, or no text");
    }

    long number(String name) throws IOException {
        if (members.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IOException("member '" + name + "' is missing, or no number");
    }

    List<JsonMembers> objects(String name) throws IOException {
        List<JsonMembers> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(of(element));
        }
        return objects;
    }

    List<String> texts(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    private List<?> list(String name) throws IOException {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IOException("member '" + name + "' is missing, or no list");
    }

    Map<String, String> textsByName(String name) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        of(members.get(name)).members().forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }
}
