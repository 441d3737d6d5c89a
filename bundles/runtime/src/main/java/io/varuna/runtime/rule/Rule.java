package io.varuna.runtime.rule;

import io.varuna.api.error.ErrorKind;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleState;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.plugin.PluginMissingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one rule. Commands are carried out one after the other, on threads that all rules share; what they change is
 * read by any thread.
 */
final class Rule {
    private static final Logger LOG = LoggerFactory.getLogger(Rule.class);
    /** The parts of a bundle register one by one: what comes and goes is looked at when all have. */
    private static final Duration SETTLING = Duration.ofMillis(50);
    /** How long a plugin that went may take to come back, as it does in an update, before the rule is said to wait. */
    private static final Duration HOLD = Duration.ofSeconds(1);
    /** How long sinks may take for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The same when a plugin goes, which waits for this. */
    private static final Duration PATIENCE_WHEN_LEAVING = Duration.ofMillis(1500);

    private final RuleSite site;
    private final SerialQueue queue;
    private final RuleAlarm alarm;
    private final RulePlugins plugins;
    private final RuleRun run;
    private volatile RuleDefinition definition;
    private volatile Situation situation = Situation.NEW;
    private volatile boolean wanted;
    private volatile @Nullable Need need;

    // the rest is seen by commands only
    /** Whether it could not start because of its properties, which may be those of a plugin that is not complete yet. */
    private boolean misconfigured;

    private boolean deleted;
    /** Whether it does not start at the moment, whatever happens. */
    private boolean held;

    private Instant holdUntil = Instant.MIN;
    private @Nullable Instant endsAt;
    private int failures;

    Rule(RuleSite site, RuleDefinition definition) {
        this.site = site;
        this.queue =
                new SerialQueue("A command for rule '" + definition.document().id() + "'", site.commands());
        this.alarm = new RuleAlarm(site.time(), queue);
        this.plugins = new RulePlugins(this, queue, site.compiler());
        this.run = new RuleRun(site);
        this.definition = definition;
    }

    String id() {
        return definition.document().id();
    }

    RuleDefinition definition() {
        return definition;
    }

    Situation situation() {
        return situation;
    }

    RuleRun run() {
        return run;
    }

    /** Returns what has the rule move when its plugins change. */
    RulePlugins plugins() {
        return plugins;
    }

    boolean isWanted() {
        return wanted;
    }

    /**
     * Starts the rule, unless it runs.
     *
     * @param hold how long plugins may take to come before the rule is said to wait
     */
    void start(Duration hold) {
        queue.execute(() -> {
            want(true);
            holdUntil = site.now().plus(hold);
            begin();
        });
    }

    CompletableFuture<Void> stop() {
        return queue.submit(() -> {
            want(false);
            end(RuleState.STOPPED, "");
            run.forget(definition);
        });
    }

    void restart() {
        queue.execute(() -> {
            want(true);
            end(RuleState.STARTING, "");
            run.forget(definition);
            begin();
        });
    }

    /** Stops the rule without a trace; nothing runs when this is done. */
    CompletableFuture<Void> delete() {
        return queue.submit(() -> {
            deleted = true;
            wanted = false;
            end(RuleState.STOPPED, "");
        });
    }

    /** Goes on with another definition: started if it is triggered, stopped if not. */
    CompletableFuture<Void> replace(RuleDefinition replacement) {
        return queue.submit(() -> {
            checkThere();
            boolean triggered = replacement.document().triggered();
            end(triggered ? RuleState.STARTING : RuleState.STOPPED, "");
            run.forget(definition);
            keep(replacement);
            want(triggered);
            begin();
        });
    }

    /** Stops with its state, and does not start before it is released. */
    CompletableFuture<Void> hold() {
        return queue.submit(() -> {
            held = true;
            if (wanted && situation.state() != RuleState.FAILED) {
                end(RuleState.STARTING, "a document is being imported", RunningRule::pause, PATIENCE);
            }
        });
    }

    /** Goes on from where it was held. */
    void release() {
        queue.execute(() -> {
            held = false;
            if (situation.state() != RuleState.FAILED || definition.restarts()) {
                begin();
            }
        });
    }

    /** Goes on after it was held, with another definition, which is kept already. */
    void release(RuleDefinition replacement) {
        queue.execute(() -> {
            held = false;
            run.forget(definition);
            definition = replacement;
            boolean triggered = replacement.document().triggered();
            want(triggered);
            situation = situation.with(triggered ? RuleState.STARTING : RuleState.STOPPED, "");
            begin();
        });
    }

    /** Changes what is saved of it, between two runs. */
    CompletableFuture<Void> changeSaved(Runnable change) {
        return queue.submit(() -> {
            checkThere();
            if (wanted) {
                end(RuleState.STARTING, "");
            }
            try {
                change.run();
            } finally {
                begin();
            }
        });
    }

    /** Changes what does not concern its running. */
    CompletableFuture<Void> change(UnaryOperator<RuleDocument> change) {
        return queue.submit(() -> {
            checkThere();
            keep(definition.with(change.apply(definition.document())));
        });
    }

    private void checkThere() {
        if (deleted) {
            throw new VarunaException(StandardError.RULE_NOT_FOUND, "Rule '" + id() + "' has just been deleted");
        }
    }

    /** Starts a rule again that runs, because a stream that it reads has changed; one that waits begins anew later. */
    void streamChanged() {
        queue.execute(() -> {
            boolean running = wanted && run.isRunning();
            if (running) {
                end(RuleState.STARTING, "");
            }
            run.forget(definition);
            if (running) {
                begin();
            }
        });
    }

    /** Tries again if what has come is what the rule waits for. */
    void arrived(Need thing) {
        if (wanted && situation.state() != RuleState.RUNNING) {
            queue.execute(() -> {
                Need missing = need;
                boolean helps = missing == null ? misconfigured : missing.metBy(thing);
                if (wanted && helps && situation.state() != RuleState.RUNNING) {
                    alarm.set(site.now().plus(SETTLING), this::begin);
                }
            });
        }
    }

    /** Stops because a plugin goes, and looks soon whether there is another one. For commands only. */
    void pause() {
        end(RuleState.STARTING, "a plugin that it uses is being replaced", RunningRule::pause, PATIENCE_WHEN_LEAVING);
        holdUntil = site.now().plus(HOLD);
        alarm.set(site.now().plus(SETTLING), this::begin);
    }

    /** Tries again if what seemed wrong may have been a plugin of which a part had gone already. For commands only. */
    void partLeft() {
        if (wanted && misconfigured && !run.isRunning()) {
            alarm.set(site.now().plus(SETTLING), this::begin);
        }
    }

    /** Tells whether the rule waits for something that {@code offered} would be. */
    boolean waitsFor(Need offered) {
        Need missing = need;
        return missing != null && missing.metBy(offered);
    }

    private void want(boolean run) {
        wanted = run;
        failures = 0;
        endsAt = null;
        if (definition.document().triggered() != run) {
            keep(definition.with(definition.document().withTriggered(run)));
        }
    }

    private void keep(RuleDefinition changed) {
        definition = changed;
        if (!deleted) {
            site.store().accept(changed);
        }
    }

    private void begin() {
        if (deleted || held || !wanted || run.isRunning()) {
            return;
        }
        alarm.cancel();
        need = null;
        misconfigured = false;
        try {
            RuleSchedule schedule = RuleSchedule.of(definition.options().schedule(), site.zone());
            if (schedule.always()) {
                beginOnce(schedule);
                return;
            }
            beginInSpan(schedule);
        } catch (PluginMissingException e) {
            await(new Need(e.kind(), e.name()), e);
        } catch (VarunaException e) {
            notStarted(e);
        } catch (RuntimeException | Error e) {
            // an Error too: one of a plugin that does not fit must hurt its own rules only
            LOG.error("Rule '{}' could not be started", id(), e);
            failed(new VarunaException(StandardError.INTERNAL_ERROR, String.valueOf(e.getMessage()), e));
        }
    }

    private void beginOnce(RuleSchedule schedule) {
        if (schedule.once().isPresent() && endsAt == null) {
            endsAt = site.now().plus(schedule.once().get());
        }
        launch();
        if (endsAt != null) {
            alarm.set(endsAt, () -> stopByItself("duration terminated"));
        }
    }

    private void beginInSpan(RuleSchedule schedule) {
        Instant now = site.now();
        Optional<RuleSchedule.Span> next = schedule.next(now);
        if (next.isEmpty()) {
            stopByItself("the schedule has ended");
            return;
        }
        RuleSchedule.Span span = next.get();
        if (!span.contains(now)) {
            run.forget(definition);
            situation = situation
                    .with(RuleState.SCHEDULED, "")
                    .scheduledFor(span.start().toEpochMilli());
            alarm.set(span.start(), this::begin);
            return;
        }
        launch();
        alarm.set(span.end(), () -> {
            end(RuleState.SCHEDULED, "");
            begin();
        });
    }

    private void launch() {
        situation = situation.with(RuleState.STARTING, "");
        RuleDefinition fresh = site.compiler().refresh(definition);
        if (!fresh.equals(definition)) {
            keep(fresh);
        }
        run.start(fresh, new Watch());
        situation = situation.startedAt(site.now().toEpochMilli());
        LOG.info("Rule '{}' is running", id());
    }

    private void notStarted(VarunaException e) {
        if (e.code() == StandardError.STREAM_NOT_FOUND) {
            await(Need.ANY_STREAM, e);
            return;
        }
        if (e.code() == StandardError.FUNCTION_NOT_FOUND) {
            await(Need.ANY_FUNCTION, e);
            return;
        }
        misconfigured = e.code().kind() == ErrorKind.CONFIGURATION;
        LOG.warn("Rule '{}' cannot start: {}", id(), e.getMessage());
        failed(e);
    }

    private void await(Need missing, VarunaException reason) {
        need = missing;
        String message = reason.getMessage()
                + site.compiler().remedy(missing)
                + site.compiler().absentVersions(definition);
        if (site.now().isBefore(holdUntil)) {
            situation = situation.with(RuleState.STARTING, message);
            alarm.set(holdUntil, () -> announceWaiting(message));
            return;
        }
        announceWaiting(message);
    }

    private void announceWaiting(String message) {
        if (need != null) {
            situation = situation.with(RuleState.WAITING, message);
            LOG.info("Rule '{}' is {}", id(), message.lines().findFirst().orElse(message));
        }
    }

    private void failed(Exception cause) {
        String message = String.valueOf(cause.getMessage());
        situation = situation.with(RuleState.FAILED, message);
        if (definition.restarts()) {
            long seconds = Math.min(60, 1L << Math.min(failures, 6));
            failures++;
            alarm.set(site.now().plusSeconds(seconds), this::begin);
        }
    }

    private void stopByItself(String message) {
        want(false);
        end(RuleState.STOPPED, message);
        run.forget(definition);
        LOG.info("Rule '{}' stopped: {}", id(), message);
    }

    private void end(RuleState state, String message) {
        end(state, message, RunningRule::stop, PATIENCE);
    }

    private void end(RuleState state, String message, BiConsumer<RunningRule, Duration> how, Duration patience) {
        alarm.cancel();
        need = null;
        misconfigured = false;
        if (run.isRunning()) {
            situation = situation.with(RuleState.STOPPING, "");
            run.end(how, patience);
            closed();
        }
        situation = situation.with(state, message);
    }

    private void closed() {
        run.closed();
        situation = situation.stoppedAt(site.now().toEpochMilli());
    }

    /** Hears of the end of one instance. */
    private final class Watch implements RuleListener {
        @Override
        public void ended(String message) {
            queue.execute(() -> {
                if (run.isOf(this)) {
                    closed();
                    stopByItself(message);
                }
            });
        }

        @Override
        public void failed(Exception cause) {
            queue.execute(() -> {
                if (run.isOf(this)) {
                    closed();
                    alarm.cancel();
                    // the engine has logged it
                    Rule.this.failed(cause);
                }
            });
        }

        @Override
        public void givenUp(Exception cause) {
            queue.execute(() -> {
                if (run.isOf(this)) {
                    closed();
                    LOG.info("Rule '{}' begins anew with the plugins that it had", id());
                    begin();
                }
            });
        }
    }
}
