package io.varuna.itests.rules.kuiper;

import io.varuna.api.error.VarunaException;
import io.varuna.testkit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole rules: rows go in at their time, messages come out. */
final class RuleCases {
    private static final int SECOND = 1_000;

    private final KuiperCase data;
    private final KuiperCase files;

    /**
     * Creates the runner.
     *
     * @param data the rows of each stream, with their times
     * @param files what files hold that tables are read from
     */
    RuleCases(KuiperCase data, KuiperCase files) {
        this.data = data;
        this.files = files;
    }

    private record Input(long time, String source, Map<?, ?> message) {}

    Outcome run(KuiperCase one) {
        if (one.has("requires")) {
            return Outcome.notApplicable("needs " + one.text("requires"));
        }
        List<Input> inputs = new ArrayList<>();
        for (Object source : one.list("sources")) {
            for (Object row : data.list(String.valueOf(source))) {
                KuiperCase input = KuiperCase.of(row);
                inputs.add(new Input(
                        input.number("ts"),
                        String.valueOf(source),
                        input.part("message").members()));
            }
        }
        long first = inputs.isEmpty() ? 0 : inputs.get(0).time() / SECOND * SECOND;
        inputs.sort(Comparator.comparingLong(Input::time));
        try (Probe probe = new Probe(Instant.ofEpochMilli(first))) {
            one.part("streams").members().values().forEach(ddl -> probe.execute(String.valueOf(ddl)));
            probe.start(one.text("sql"), options(one.part("options")));
            List<List<?>> messages = new ArrayList<>();
            loadTables(one, probe);
            for (Input input : inputs) {
                probe.advanceTo(Instant.ofEpochMilli(input.time()));
                probe.send(input.source(), Marked.row(input.message(), probe.now()));
                messages.addAll(probe.messages());
            }
            return compare(one.list("expected"), messages);
        } catch (VarunaException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Gives tables that are read from a file what is in it. */
    private void loadTables(KuiperCase one, Probe probe) {
        for (Object name : one.part("streams").members().keySet()) {
            String source = probe.dataSource(String.valueOf(name));
            for (Object row : files.list(source)) {
                probe.send(String.valueOf(name), Marked.row(KuiperCase.of(row).members(), probe.now()));
            }
        }
    }

    private static Map<String, @Nullable Object> options(KuiperCase written) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        written.members().forEach((name, value) -> options.put(String.valueOf(name), value));
        return options;
    }

    private static Outcome compare(List<?> expected, List<List<?>> actual) {
        List<List<?>> messages = new ArrayList<>(actual);
        // windows without rows say so here; eKuiper tells it of the first ones only
        while (messages.size() > expected.size()
                && messages.get(messages.size() - 1).isEmpty()) {
            messages.remove(messages.size() - 1);
        }
        boolean same = expected.size() == messages.size();
        for (int i = 0; same && i < messages.size(); i++) {
            same = expected.get(i) instanceof List<?> rows && message(rows, messages.get(i));
        }
        return Outcome.of(same, Json.write(expected), Json.write(messages));
    }

    private static boolean message(List<?> expected, List<?> actual) {
        if (expected.size() == 1 && Probe.isError(expected.get(0))) {
            return actual.size() == 1 && Probe.isError(actual.get(0));
        }
        return Same.list(expected, actual);
    }
}
