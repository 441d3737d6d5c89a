package io.varuna.engine;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Row;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who look on while a rule puts out its results. Thread-safe. */
final class Tails {
    private final List<Consumer<String>> tails = new CopyOnWriteArrayList<>();

    /** Shows results as JSON from now on, until what is returned is closed. */
    AutoCloseable add(Consumer<String> tail) {
        tails.add(tail);
        return () -> tails.remove(tail);
    }

    void show(Results delivered) {
        if (tails.isEmpty()) {
            return;
        }
        for (List<OutputRow> result : delivered.results()) {
            if (result.isEmpty()) {
                continue;
            }
            String json = Conversions.toText(result.stream().map(Row::toMap).toList());
            tails.forEach(tail -> tail.accept(json));
        }
    }

    void clear() {
        tails.clear();
    }
}
