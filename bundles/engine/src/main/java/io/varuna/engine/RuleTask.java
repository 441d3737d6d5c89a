package io.varuna.engine;

import io.varuna.api.manage.RuleFigures;
import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.data.PendingResults;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.SourceBatch;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule from start to end. Its steps are guarded by one lock, taken once for each batch: by the threads of the sources, by
 * alarms, and by those who ask for a checkpoint or the end.
 */
final class RuleTask implements RunningRule, Watchdog.Watched {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleTask.class);
    private static final Duration CONGESTION = Duration.ofMillis(50);

    private final RuleSpec spec;
    private final EngineTime time;
    private final RuleLock lock = new RuleLock();
    private final RuleErrors errors;
    private final Pipeline pipeline;
    private final Outlets outlets;
    private final List<SinkRunner> sinks;
    private final List<SinkRunner> deadLetterSinks;
    private final List<RuleSource> sources;
    private final Checkpoints checkpoints;
    private final Restoration restoration;
    private final RuleSwaps swaps;
    private final RuleWatch watch = new RuleWatch(this);
    private final Delivery delivery;
    private final RuleAlarm alarm;
    private final RuleEnd end;
    private final CompletableFuture<Void> ready;
    private boolean inputEnded;

    /** Whether batches are taken. A shared source brings them as soon as it is joined; under the lock. */
    private boolean started;

    RuleTask(RuleSpec spec, RuleSite site, RuleListener listener, Consumer<RunningRule> onEnd) {
        this.spec = spec;
        this.time = site.time();
        this.alarm = new RuleAlarm(time, this::clockStrikes);
        this.end = new RuleEnd(this, listener, onEnd);
        PendingResults results = new PendingResults();
        this.errors = new RuleErrors(
                new DeadLetters(spec.id(), time.clock()),
                time.clock(),
                spec.options().errorsToSinks() ? results : null);
        LateRecords late = new LateRecords(!spec.options().lateAction().isEmpty());
        PluginAccess access = site.access().apply(site.view());
        Assembly assembly = Assembly.of(spec, access.registry(), access.profiles());
        this.swaps = new RuleSwaps(this, site);
        this.pipeline = new PipelineBuilder(
                        spec,
                        assembly,
                        access,
                        site.view().versions(),
                        site.surroundings(),
                        this::rowFailed,
                        results,
                        late)
                .build();
        this.restoration = new Restoration(spec, site.store());
        Optional<Checkpoint> restored = restoration.into(pipeline);
        long last = restored.map(Checkpoint::id).orElse(0L);
        this.outlets = new Outlets(this, time, last);
        this.sinks = outlets.sinks(assembly.deliveries(), access);
        this.delivery =
                new Delivery(spec.id(), results, late, sinks, spec.actions().size());
        this.deadLetterSinks = outlets.sinks(assembly.onError(), access);
        this.sources = pipeline.inputs().stream()
                .map(input -> new RuleSource(this, input, assembly, access, site.streams(), restored))
                .toList();
        pipeline.lookups().forEach(watch::goesOnWith);
        this.checkpoints = new Checkpoints(this, site.store(), time, last);
        this.ready = CompletableFuture.allOf(Stream.concat(
                        sinks.stream().map(SinkRunner::ready),
                        sources.stream().map(source -> source.source().ready()))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public RuleSpec spec() {
        return spec;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Returns the sinks for results, then those for late records. */
    List<SinkRunner> sinks() {
        return sinks;
    }

    List<SinkRunner> deadLetterSinks() {
        return deadLetterSinks;
    }

    Outlets outlets() {
        return outlets;
    }

    List<RuleSource> sources() {
        return sources;
    }

    EngineTime time() {
        return time;
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    void start() {
        errors.deadLetters().sendTo(deadLetterSinks);
        deadLetterSinks.forEach(SinkRunner::open);
        sinks.forEach(SinkRunner::open);
        lock.lock();
        try {
            pipeline.start(time.clock().millis());
            alarm.set(pipeline.due());
            started = true;
        } finally {
            lock.unlock();
        }
        restoration.used();
        checkpoints.start();
        sources.forEach(RuleSource::open);
    }

    /** Sends a batch of a source through the steps. */
    void process(ScanInput input, SourceBatch batch) throws InterruptedException {
        lock.lock();
        try {
            if (!started || lock.isOver() || delivery.isInterrupted()) {
                return;
            }
            pipeline.renewFunctions();
            run(batch.more(), () -> {
                if (!batch.records().isEmpty()) {
                    pipeline.catchUp(batch.records().time(0));
                }
                input.feed(batch);
            });
            alarm.set(pipeline.due());
            if (!batch.positions().isEmpty()) {
                checkpoints.positionsMoved();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs the steps, and hands over what comes out, unless the rule has ended without waiting for them. */
    private void run(boolean more, Runnable batch) throws InterruptedException {
        watch.run(() -> swaps.runSteps(batch));
        if (lock.isOver()) {
            delivery.discard();
        } else {
            delivery.deliver(more);
        }
    }

    @Override
    public void look(long now) {
        if (!lock.isOver()) {
            watch.look(now);
        }
    }

    @Override
    public CompletableFuture<SwapReport> swap(PluginView view, Duration health) {
        return swaps.begin(view, health);
    }

    RuleSwaps swaps() {
        return swaps;
    }

    RuleWatch watch() {
        return watch;
    }

    /** Returns what batches go through one at a time. */
    RuleLock lock() {
        return lock;
    }

    /** Tells whether the rule runs no more. */
    boolean isOver() {
        return lock.isOver();
    }

    /** Ends the rule, as no rows come any more, when those have gone that wait for the clock. */
    void inputEnded() {
        boolean waiting = lock.locked(() -> {
            inputEnded = true;
            return pipeline.keepsRowsBack();
        });
        if (!waiting) {
            end(null);
        }
    }

    /** Lets the clock do what is due. */
    private void clockStrikes() {
        boolean done = false;
        lock.lock();
        try {
            alarm.wentOff();
            if (congested()) {
                // results would have to wait, and this thread with them
                alarm.again(CONGESTION);
            } else if (!lock.isOver() && !delivery.isInterrupted()) {
                pipeline.renewFunctions();
                run(false, () -> pipeline.time(time.clock().millis()));
                alarm.set(pipeline.due());
                done = inputEnded && !pipeline.keepsRowsBack();
            }
        } catch (InterruptedException e) {
            LOGGER.debug("Rule '{}' was interrupted while it closed a window", spec.id(), e);
        } finally {
            lock.unlock();
        }
        if (done) {
            end(null);
        }
    }

    /** Tells whether results would have to wait for a sink. */
    boolean congested() {
        return !lock.isOver() && sinks.stream().anyMatch(SinkRunner::congested);
    }

    private void rowFailed(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {
        if (!swaps.collect(where, cause, row)) {
            errors.failed(where, cause, row);
        }
    }

    /** Takes note of a record that a source could not read. */
    void rejected(String step, Exception cause, String raw) {
        errors.deadLetters().add(step, cause, raw);
        if (!spec.options().errorsToSinks()) {
            return;
        }
        lock.lock();
        try {
            if (started && !lock.isOver() && !delivery.isInterrupted()) {
                errors.putOut(cause);
                delivery.deliver(false);
            }
        } catch (InterruptedException e) {
            // the thread belongs to the source, which wants to know
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    RuleErrors errors() {
        return errors;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Ends the rule because what is on trial keeps it; it can be started again with what it had before. */
    void giveUp(Exception cause) {
        end.giveUp(cause);
    }

    /** Runs something between two batches, unless the rule is at its end. */
    void betweenBatches(Runnable action) {
        lock.lock();
        try {
            if (!lock.isOver() && !delivery.isInterrupted()) {
                action.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the rule because there is no more, or because it cannot go on. Does nothing, and says so, if it is ending. */
    boolean end(@Nullable Exception cause) {
        return end.begin(cause);
    }

    @Override
    public void stop(Duration patience) {
        end.stop(patience);
    }

    @Override
    public void pause(Duration patience) {
        end.pause(patience);
    }

    /** Lets no batch begin any more, and waits for the one that is under way; false if it does not end in time. */
    boolean leave(Duration patience) {
        return lock.close(patience, alarm::cancel);
    }

    /** Learns that all is closed. */
    void closed() {
        delivery.close();
    }

    /** Has the sinks take nothing any more, so that nobody waits for them. */
    void abort() {
        delivery.abort();
        sinks.forEach(SinkRunner::abort);
        deadLetterSinks.forEach(SinkRunner::abort);
    }

    /** Tells whether some sinks lack results that others may have. */
    boolean lacksResults() {
        return delivery.isInterrupted();
    }

    @Override
    public Map<String, Object> metrics() {
        Map<String, Object> status = RuleStatus.metrics(this);
        status.put("rule_late_records_total", delivery.lateRecords());
        errors.writeTo(status);
        return status;
    }

    @Override
    public RuleFigures figures() {
        return new RuleFigures(
                RuleStatus.figures(this),
                delivery.lateRecords(),
                errors.dropped(),
                errors.deadLetters().total(),
                errors.deadLetters().undelivered());
    }

    @Override
    public Set<PluginUse> uses() {
        return RuleStatus.uses(this);
    }

    @Override
    public RuleTopology topology() {
        return Topology.of(
                sources.stream().map(source -> source.input().stream()).toList(), pipeline.metrics(), spec.actions());
    }

    @Override
    public AutoCloseable tail(Consumer<String> tail) {
        return delivery.tail(tail);
    }
}
