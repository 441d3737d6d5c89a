package io.varuna.engine;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleFigures;
import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.data.PendingResults;
import io.varuna.engine.data.Results;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.source.SourceBatch;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Turn;
import io.varuna.engine.watch.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final LateRecords late;
    private final PendingResults results = new PendingResults();
    private final RuleErrors errors;
    private final Pipeline pipeline;
    private final Outlets outlets;
    private final List<SinkRunner> sinks;
    private final List<SinkRunner> deadLetterSinks;
    private final List<RuleSource> sources;
    private final Checkpoints checkpoints;
    private final RuleSwaps swaps;
    private final RuleWatch watch = new RuleWatch(this);
    private final Tails tails = new Tails();
    private final RuleAlarm alarm;
    private final RuleEnd end;
    private final CompletableFuture<Void> ready;
    private volatile Phase phase = Phase.RUNNING;
    private boolean interrupted;
    private boolean inputEnded;
    private volatile boolean aborted;

    private enum Phase {
        RUNNING,
        STOPPING,
        STOPPED
    }

    RuleTask(RuleSpec spec, RuleSite site, RuleListener listener, Consumer<RunningRule> onEnd) {
        this.spec = spec;
        this.time = site.time();
        this.alarm = new RuleAlarm(time, this::clockStrikes);
        this.end = new RuleEnd(this, listener, onEnd);
        this.errors = new RuleErrors(
                new DeadLetters(spec.id(), time.clock()),
                time.clock(),
                spec.options().errorsToSinks() ? results : null);
        this.late = new LateRecords(!spec.options().lateAction().isEmpty());
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
        Optional<Checkpoint> restored = Checkpoints.restore(spec, site.store(), pipeline);
        long last = restored.map(Checkpoint::id).orElse(0L);
        this.outlets = new Outlets(this, time, last);
        this.sinks = outlets.sinks(assembly.deliveries(), access);
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
        } finally {
            lock.unlock();
        }
        checkpoints.start();
        sources.forEach(RuleSource::open);
    }

    /** Sends a batch of a source through the steps. */
    void process(ScanInput input, SourceBatch batch) throws InterruptedException {
        lock.lock();
        try {
            if (phase != Phase.RUNNING || interrupted) {
                return;
            }
            pipeline.renewFunctions();
            runSteps(() -> {
                if (!batch.records().isEmpty()) {
                    pipeline.catchUp(batch.records().time(0));
                }
                input.feed(batch);
            });
            deliver(batch.more());
            alarm.set(pipeline.due());
            if (!batch.positions().isEmpty()) {
                checkpoints.positionsMoved();
            }
        } finally {
            lock.unlock();
        }
    }

    private void runSteps(Runnable batch) {
        watch.run(() -> swaps.runSteps(batch));
    }

    @Override
    public void look(long now) {
        if (phase == Phase.RUNNING) {
            watch.look(now);
        }
    }

    @Override
    public CompletableFuture<SwapReport> swap(PluginView view, Duration health) {
        return swaps.begin(view, health);
    }

    RuleWatch watch() {
        return watch;
    }

    /** Does something while no batch is under way. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does the same for an exchange, which does not wait for long.
     *
     * @throws VarunaException with PLUGIN_HANGS if a batch does not end
     */
    <T> T lockedInTime(Supplier<T> action) {
        if (!enter(Turn.LIMIT)) {
            throw Turn.kept();
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the rule runs no more. */
    boolean isOver() {
        return phase != Phase.RUNNING;
    }

    private void deliver(boolean more) throws InterruptedException {
        Results tooLate = late.take();
        if (results.isEmpty() && tooLate.isEmpty()) {
            return;
        }
        Results delivered = pipeline.takeResults();
        int actions = spec.actions().size();
        try {
            accept(delivered, sinks.subList(0, actions), more);
            accept(tooLate, sinks.subList(actions, sinks.size()), more);
        } catch (InterruptedException e) {
            // some sinks lack these results, so no later checkpoint may count them
            interrupted = true;
            if (!aborted) {
                throw e;
            }
        }
        tails.show(delivered);
    }

    private static void accept(Results results, List<SinkRunner> takers, boolean more) throws InterruptedException {
        if (!results.isEmpty()) {
            for (SinkRunner sink : takers) {
                sink.accept(results, more);
            }
        }
    }

    /** Ends the rule, as no rows come any more, when those have gone that wait for the clock. */
    void inputEnded() {
        boolean waiting = locked(() -> {
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
            } else if (phase == Phase.RUNNING && !interrupted) {
                pipeline.renewFunctions();
                runSteps(() -> pipeline.time(time.clock().millis()));
                deliver(false);
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
        return phase == Phase.RUNNING && sinks.stream().anyMatch(SinkRunner::congested);
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
            if (phase == Phase.RUNNING && !interrupted) {
                errors.putOut(cause);
                deliver(false);
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

    @Override
    public void checkpoint() {
        checkpoints.request();
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
            if (phase == Phase.RUNNING && !interrupted) {
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

    /** Ends everything, for good. */
    void shutDown(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Alarm limit = time.wake(time.clock().instant().plus(patience), this::abort);
        boolean kept = !leave(patience);
        checkpoints.last(!kept && !interrupted, deadline);
        sources.forEach(source -> source.close(kept));
        limit.cancel();
        abort();
        sinks.forEach(SinkRunner::close);
        deadLetterSinks.forEach(SinkRunner::close);
        pipeline.lookups().forEach(LookupTable::close);
        tails.clear();
        phase = Phase.STOPPED;
    }

    /** Leaves what comes from now on to the next start; false if a plugin keeps the batch that is under way. */
    private boolean leave(Duration patience) {
        boolean entered = enter(patience);
        phase = Phase.STOPPING;
        if (!entered) {
            LOGGER.warn("Rule '{}': a plugin keeps the last batch; the rule ends without it", spec.id());
            return false;
        }
        try {
            alarm.cancel();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean enter(Duration patience) {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void abort() {
        aborted = true;
        sinks.forEach(SinkRunner::abort);
        deadLetterSinks.forEach(SinkRunner::abort);
    }

    @Override
    public Map<String, Object> metrics() {
        Map<String, Object> status = RuleStatus.metrics(this);
        status.put("rule_late_records_total", late.total());
        errors.writeTo(status);
        return status;
    }

    @Override
    public RuleFigures figures() {
        return new RuleFigures(
                RuleStatus.figures(this),
                late.total(),
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
        return tails.add(tail);
    }
}
