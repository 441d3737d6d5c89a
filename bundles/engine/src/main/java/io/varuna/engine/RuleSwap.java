package io.varuna.engine;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import io.varuna.engine.watch.Successors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves one rule to other versions of the plugins that it uses: all parts of it, or none. */
final class RuleSwap {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleSwap.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofMillis(10);
    /** How long a plugin may take to come back when it has been interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final RuleTask rule;
    private final PluginAccess access;
    private final RuleSwaps swaps;
    private final EngineTime time;
    private final Differing parts;
    private final CompletableFuture<SwapReport> report = new CompletableFuture<>();
    private final List<SwapPart> moved = new ArrayList<>();
    private final Duration limit;
    private boolean onTrial;
    private long pause;
    /** What does not come back from a batch, in words; null if nothing has been so. */
    private @Nullable String hang;

    private long nudgedAt;
    /** Why the rest cannot be exchanged, in words; null as long as all could. */
    private @Nullable String failure;

    /** Finds what differs from what the rule runs with. */
    @FunctionalInterface
    interface Differing {
        List<SwapPart> from(Assembly next);
    }

    RuleSwap(RuleTask rule, PluginAccess access, RuleSwaps swaps, Differing parts) {
        this.rule = rule;
        this.access = access;
        this.swaps = swaps;
        this.time = rule.time();
        this.parts = parts;
        Duration own = rule.spec().options().pluginTimeout();
        this.limit = own.isZero() || own.compareTo(Successors.LIMIT) > 0 ? Successors.LIMIT : own;
    }

    /** Completed when all is done. */
    CompletableFuture<SwapReport> report() {
        return report;
    }

    /** Exchanges what differs, and watches it for a while. May block. */
    void run(Duration health) {
        SwapPart current = null;
        onTrial = !health.isZero();
        rule.watch().swapping(true);
        try {
            Assembly next = Assembly.of(rule.spec(), access.registry(), access.profiles());
            for (SwapPart part : parts.from(next)) {
                current = part;
                pause += part.move();
                moved.add(part);
            }
            watch(time.clock().instant().plus(health));
        } catch (Exception | Error e) {
            Exception cause = PluginFailure.asException(e);
            failure = (current == null ? "" : current.name() + ": ") + DeadLetters.message(cause);
            // the reason may be that what was exchanged before is stuck
            watch(time.clock().instant());
        }
    }

    private void watch(Instant until) {
        for (SwapPart part : moved) {
            Optional<Busy.Overrun> overrun = part.hanging(part.limit(limit));
            if (overrun.isPresent()) {
                hangs(part, overrun.get(), until);
                return;
            }
        }
        if (hang != null) {
            takeBack(hang);
            return;
        }
        Instant now = time.clock().instant();
        // looked at before the trouble: a batch may come to a bad end in between
        boolean over = rule.isOver() || (!now.isBefore(until) && (!onTrial || hasTried(Duration.between(until, now))));
        for (SwapPart part : moved) {
            Optional<String> trouble = part.trouble();
            if (trouble.isPresent()) {
                takeBack(part.name() + ": " + trouble.get());
                return;
            }
        }
        if (failure != null) {
            if (hasTried(GRACE)) {
                takeBack(failure);
            } else {
                lookAgain(until);
            }
            return;
        }
        if (over) {
            moved.forEach(this::settle);
            String names = String.join(", ", moved.stream().map(SwapPart::name).toList());
            finish(true, moved.isEmpty() ? "nothing differs" : "exchanged: " + names);
            return;
        }
        if (!now.isBefore(until)) {
            time.schedule(now.plus(SOON), () -> watch(until));
            return;
        }
        Instant next = now.plus(LOOK_EVERY);
        time.schedule(next.isBefore(until) ? next : until, () -> watch(until));
    }

    private void settle(SwapPart part) {
        try {
            part.settle();
        } catch (RuntimeException e) {
            // the rule is watched again, and does without the former one at its end
            LOGGER.warn("Rule '{}': {}: {}", rule.spec().id(), part.name(), e.getMessage());
        }
    }

    /** Tells whether all batches are over that had begun before the end of the trial, which was {@code since} ago. */
    private boolean hasTried(Duration since) {
        return moved.stream().noneMatch(part -> part.tries(since));
    }

    private void lookAgain(Instant until) {
        time.schedule(time.clock().instant().plus(LOOK_EVERY), () -> watch(until));
    }

    /** Interrupts what does not come back from a batch, and gives it up if that does not help. */
    private void hangs(SwapPart part, Busy.Overrun overrun, Instant until) {
        if (hang == null) {
            hang = part.name() + ": it did not come back from a batch"
                    + Successors.within(part.limit(limit), overrun.place());
            part.nudge(overrun);
            nudgedAt = System.nanoTime();
        }
        if (System.nanoTime() - nudgedAt < GRACE.toNanos()) {
            lookAgain(until);
            return;
        }
        LOGGER.warn(
                "Thread '{}' is given up: a plugin that is on trial keeps it in {}",
                overrun.thread().getName(),
                overrun.place());
        moved.remove(part);
        if (part.giveUp(new VarunaException(StandardError.PLUGIN_HANGS, hang))) {
            takeBack(hang);
        } else {
            finish(false, hang + ". The rule begins anew with what it had");
        }
    }

    private void takeBack(String why) {
        LOGGER.warn(
                "Rule '{}' returns to the plugins that it had: {}", rule.spec().id(), why);
        Collections.reverse(moved);
        for (SwapPart part : moved) {
            try {
                part.back();
            } catch (RuntimeException e) {
                LOGGER.warn(
                        "Rule '{}': {} could not be taken back cleanly",
                        rule.spec().id(),
                        part.name(),
                        e);
            }
        }
        finish(false, why);
    }

    private void finish(boolean done, String message) {
        rule.watch().swapping(false);
        swaps.ended();
        report.complete(new SwapReport(done, message, Duration.ofNanos(pause)));
    }
}
