package io.varuna.itests.rules.kuiper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cases that share their state. A file can have some of them only. */
final class Sequence {
    private final Map<String, Set<Long>> present = new HashMap<>();

    Sequence(List<?> cases) {
        for (Object member : cases) {
            KuiperCase one = KuiperCase.of(member);
            present.computeIfAbsent(one.text("session"), session -> new HashSet<>())
                    .add(one.number("seq"));
        }
    }

    /** Tells whether a function that remembers is missing what was before. */
    boolean isBroken(KuiperCase one) {
        if (!one.has("seq") || !FunctionCases.REMEMBERING.contains(one.text("func"))) {
            return false;
        }
        Set<Long> before = present.getOrDefault(one.text("session"), Set.of());
        for (long i = 1; i < one.number("seq"); i++) {
            if (!before.contains(i)) {
                return true;
            }
        }
        return false;
    }
}
