package io.varuna.rulekit;

/** How a scenario is run. The output must be the same in all of them. */
public enum Regime {
    /** As written: the messages of one moment come as one batch. */
    AS_WRITTEN,
    /** Every message is a batch of its own. */
    ONE_BY_ONE,
    /** The rule is stopped and started again after every message and every moment, with its state. */
    RESTARTED,
    /** Two rules read the stream, which has one source for both. */
    SHARED
}
