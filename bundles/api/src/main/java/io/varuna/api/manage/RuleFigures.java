package io.varuna.api.manage;

import java.util.List;

/**
 * The figures of a rule that change with each record, for those who ask often; {@link RuleStatus} has them with times and
 * texts.
 *
 * @param steps in the order in which records pass; empty if the rule has not been started
 * @param lateRecords that came too late for their windows
 * @param droppedRecords for which a sink had no room
 * @param deadLetters records that failed and were reported to the actions for errors
 * @param lostDeadLetters of those, the ones that no action took
 */
public record RuleFigures(
        List<StepFigures> steps, long lateRecords, long droppedRecords, long deadLetters, long lostDeadLetters) {
    /** The figures of a rule that has not been started. */
    public static final RuleFigures NONE = new RuleFigures(List.of(), 0, 0, 0, 0);

    public RuleFigures {
        steps = List.copyOf(steps);
    }
}
