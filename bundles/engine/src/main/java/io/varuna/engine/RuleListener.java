package io.varuna.engine;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when a rule ends by itself. Called once at most, from a thread of the engine, after everything was closed. */
@ConsumerType
public interface RuleListener {
    /** The sources have no more: the message is {@code done}. */
    void ended(String message);

    /** The rule cannot go on. */
    void failed(Exception cause);

    /** A plugin that was on trial keeps the rule, so that it cannot go on; it can begin anew with what it had before. */
    default void givenUp(Exception cause) {
        failed(cause);
    }
}
