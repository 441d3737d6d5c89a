package io.varuna.engine;

import io.varuna.plan.Filter;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowJoin;
import io.varuna.plan.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a plan says about windows that are above others. */
final class NestedWindows {
    private NestedWindows() {}

    static @Nullable WindowSpec window(PlanNode node) {
        if (node instanceof Window window) {
            return window.window();
        }
        if (node instanceof WindowAggregate window) {
            return window.window();
        }
        return node instanceof WindowJoin join ? join.window() : null;
    }

    /** Tells whether rows of the node come from a window that closes by time, so that they belong before its end. */
    static boolean closesByTime(PlanNode node) {
        WindowSpec window = window(node);
        if (window == null) {
            return node.inputs().stream().anyMatch(NestedWindows::closesByTime);
        }
        return switch (window.kind()) {
            case TUMBLING, HOPPING, SESSION -> true;
            case SLIDING, COUNT, STATE -> false;
        };
    }

    /**
     * Tells whether windows without rows may have a result. In event time time comes with the rows, so a window whose rows are
     * all refused by WHERE is as one that nobody has heard of, at the beginning and later.
     */
    static boolean showsGaps(PlanNode window, boolean eventTime) {
        return !eventTime || window.inputs().stream().noneMatch(NestedWindows::filtered);
    }

    private static boolean filtered(PlanNode node) {
        return node instanceof Filter || node.inputs().stream().anyMatch(NestedWindows::filtered);
    }

    /** Tells whether a node is or has a window. */
    static boolean windowed(PlanNode node) {
        return window(node) != null || node.inputs().stream().anyMatch(NestedWindows::windowed);
    }

    static boolean anyWindowed(List<PlanNode> nodes) {
        return nodes.stream().anyMatch(NestedWindows::windowed);
    }

    /**
     * Tells whether some window gathers rows of several inputs, of which at least one has a window itself. Then none may be
     * ahead of the others.
     */
    static boolean meet(PlanNode node) {
        return meet(node, false);
    }

    private static boolean meet(PlanNode node, boolean below) {
        boolean gathered = below || window(node) != null;
        return (gathered && node.inputs().size() > 1 && anyWindowed(node.inputs()))
                || node.inputs().stream().anyMatch(input -> meet(input, gathered));
    }
}
