package io.varuna.engine;

/** A rule that must not end by itself. */
final class Unending implements RuleListener {
    @Override
    public void ended(String message) {
        throw new AssertionError(message);
    }

    @Override
    public void failed(Exception cause) {
        throw new AssertionError(cause);
    }
}
