package io.varuna.itests.rules.kuiper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of the cases of one file. */
final class Tally {
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private final List<String> lines = new ArrayList<>();

    void add(KuiperCase one, Outcome outcome) {
        counts.merge(outcome.verdict(), 1, Integer::sum);
        if (outcome.verdict() != Verdict.PASSED) {
            lines.add(outcome.verdict().words() + ": " + one.text("id") + " " + one.text("func") + one.text("op") + " "
                    + (one.has("args") ? one.json("args") : "") + one.text("sql") + "\n    " + outcome.detail());
        }
    }

    int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    int cases() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns the part of passed cases of those that can pass, in percent. */
    double percent() {
        int counted = count(Verdict.PASSED) + count(Verdict.FAILED);
        return counted == 0 ? 100 : 100.0 * count(Verdict.PASSED) / counted;
    }

    /** Returns everything that did not pass, with what was expected and what came. */
    List<String> lines() {
        return lines;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            parts.add(count(verdict) + " " + verdict.words());
        }
        return String.join(", ", parts);
    }
}
