package io.varuna.engine;

import java.time.Duration;

/**
 * What became of a swap.
 *
 * @param moved whether the rule runs with the new plugins now; otherwise it runs with those it had, and nothing was lost
 * @param message what was exchanged, or why nothing was
 * @param pause for how long the rule stood still in all
 */
public record SwapReport(boolean moved, String message, Duration pause) {}
