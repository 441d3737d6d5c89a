package io.varuna.testkit.golden;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may happen to a rule in a timeline. */
public enum EventKind {
    /** A checkpoint is completed. */
    CHECKPOINT,
    /** The process is gone at once; the rule starts again from the last checkpoint. */
    CRASH,
    /** The rule is stopped and started again. */
    RESTART,
    /** The inputs have come to an end. */
    END,
    /** {@code !fail sink 2}: the sink fails that many times. */
    FAIL;

    /** Returns the word after the exclamation mark. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EventKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(kind -> "!" + kind.word()).collect(Collectors.joining(", "));
    }
}
