package io.varuna.itests.rules.kuiper;

import io.varuna.testkit.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One case of a file, or a part of one. */
record KuiperCase(Map<?, ?> members) {
    /** Returns an object of a case; anything else as an empty one. */
    static KuiperCase of(@Nullable Object value) {
        return new KuiperCase(value instanceof Map<?, ?> map ? map : Map.of());
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    @Nullable
    Object get(String name) {
        return members.get(name);
    }

    /** Returns a text, empty if there is none. */
    String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    long number(String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** Returns a list, empty if there is none. */
    List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    /** Returns an object, empty if there is none. */
    KuiperCase part(String name) {
        return of(members.get(name));
    }

    /** Returns the mark of a value that JSON has no type for; empty if it has none. */
    String mark() {
        return text(Marked.MARK);
    }

    String json(String name) {
        return Json.write(members.get(name));
    }
}
