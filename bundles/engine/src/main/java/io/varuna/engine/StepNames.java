package io.varuna.engine;

import io.varuna.plan.DedupTrigger;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RowNumber;
import io.varuna.plan.RunningAggregate;
import io.varuna.plan.Scan;
import io.varuna.plan.Sort;
import io.varuna.plan.WindowAggregate;
import java.util.Locale;

/** The names of steps in figures and errors, those of eKuiper where it has such a step. */
final class StepNames {
    private StepNames() {}

    static String of(PlanNode node) {
        if (node instanceof Scan) {
            return "watermark";
        }
        if (node instanceof Sort) {
            return "order";
        }
        if (node instanceof WindowAggregate) {
            return "window";
        }
        if (node instanceof RowNumber) {
            return "row_number";
        }
        if (node instanceof RunningAggregate) {
            return "running_aggregate";
        }
        if (node instanceof MatchRecognize) {
            return "match";
        }
        if (node instanceof DedupTrigger) {
            return "dedup_trigger";
        }
        return node.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
