package io.varuna.runtime.rule;

import io.varuna.api.manage.RuleState;

/**
 * How a rule is doing.
 *
 * @param message why; empty if there is nothing to say
 * @param lastStart milliseconds since the epoch, 0 if never
 * @param lastStop milliseconds since the epoch, 0 if never
 * @param nextStart milliseconds since the epoch, 0 if none is known
 */
record Situation(RuleState state, String message, long lastStart, long lastStop, long nextStart) {
    static final Situation NEW = new Situation(RuleState.STOPPED, "", 0, 0, 0);

    Situation with(RuleState newState, String newMessage) {
        return new Situation(newState, newMessage, lastStart, lastStop, 0);
    }

    Situation startedAt(long millis) {
        return new Situation(RuleState.RUNNING, "", millis, lastStop, 0);
    }

    Situation stoppedAt(long millis) {
        return new Situation(state, message, lastStart, millis, nextStart);
    }

    Situation scheduledFor(long millis) {
        return new Situation(RuleState.SCHEDULED, message, lastStart, lastStop, millis);
    }
}
