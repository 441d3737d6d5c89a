package io.varuna.engine;

/** A listener of rules that are not to end by themselves: it fails if one does. */
interface UnendingRule extends RuleListener {
    @Override
    default void ended(String message) {
        throw new IllegalStateException(message);
    }

    @Override
    default void failed(Exception cause) {
        throw new IllegalStateException(cause);
    }
}
