package io.varuna.engine;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Row;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleTopology;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.PendingResults;
import io.varuna.engine.data.Results;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.sink.Marker;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.source.SourceBatch;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CONGESTION = Duration.ofMillis(50);

    private final RuleSpec spec;
    private final EngineTime time;
    private final RuleListener listener;
    private final Consumer<RunningRule> onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final DeadLetters deadLetters;
    private final LateRecords late;
    private final AtomicLong dropped = new AtomicLong();
    private final PendingResults results = new PendingResults();
    private final Pipeline pipeline;
    private final Outlets outlets;
    private final List<SinkRunner> sinks;
    private final List<SinkRunner> deadLetterSinks;
    private final List<RuleSource> sources;
    private final Checkpoints checkpoints;
    private final RuleSwaps swaps;
    private final RuleWatch watch = new RuleWatch(this);
    private final List<Consumer<String>> tails = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready;
    private final Object ending = new Object();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Phase phase = Phase.RUNNING;
    private boolean interrupted;
    private volatile boolean aborted;
    private @Nullable Alarm alarm;
    private long alarmDue = Long.MAX_VALUE;
    private boolean stopped;

    private enum Phase {
        RUNNING,
        STOPPING,
        STOPPED
    }

    RuleTask(RuleSpec spec, RuleSite site, RuleListener listener, Consumer<RunningRule> onEnd) {
        this.spec = spec;
        this.time = site.time();
        this.listener = listener;
        this.onEnd = onEnd;
        this.deadLetters = new DeadLetters(spec.id(), time.clock());
        this.late = new LateRecords(!spec.options().lateAction().isEmpty());
        PluginAccess access = site.access().apply(site.view());
        Assembly assembly = Assembly.of(spec, access.registry(), access.profiles());
        this.swaps = new RuleSwaps(this, site.access());
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
        Optional<Checkpoint> restored = Checkpoints.restore(spec, site.store());
        restored.ifPresent(this::restore);
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

    private void restore(Checkpoint checkpoint) {
        try {
            int lost = pipeline.load(checkpoint.state());
            if (lost > 0) {
                LOGGER.warn(
                        "Rule '{}': the state of {} steps is not taken over, because the query has changed",
                        spec.id(),
                        lost);
            }
        } catch (VarunaException e) {
            LOGGER.warn("Rule '{}': the saved state is not taken over: {}", spec.id(), e.getMessage());
        }
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
        deadLetters.sendTo(deadLetterSinks);
        deadLetterSinks.forEach(SinkRunner::open);
        sinks.forEach(SinkRunner::open);
        lock.lock();
        try {
            pipeline.start(time.clock().millis());
            setAlarm();
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
            deliver();
            setAlarm();
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

    /** Does something while no batch is under way. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
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

    private void deliver() throws InterruptedException {
        Results tooLate = late.take();
        if (results.isEmpty() && tooLate.isEmpty()) {
            return;
        }
        Results delivered = pipeline.takeResults();
        int actions = spec.actions().size();
        try {
            accept(delivered, sinks.subList(0, actions));
            accept(tooLate, sinks.subList(actions, sinks.size()));
        } catch (InterruptedException e) {
            // some sinks lack these results, so no later checkpoint may count them
            interrupted = true;
            if (!aborted) {
                throw e;
            }
        }
        show(delivered);
    }

    private static void accept(Results results, List<SinkRunner> takers) throws InterruptedException {
        if (!results.isEmpty()) {
            for (SinkRunner sink : takers) {
                sink.accept(results);
            }
        }
    }

    private void show(Results delivered) {
        if (tails.isEmpty()) {
            return;
        }
        for (List<OutputRow> result : delivered.results()) {
            if (result.isEmpty()) {
                continue;
            }
            String json = Conversions.toText(result.stream().map(Row::toMap).toList());
            tails.forEach(tail -> tail.accept(json));
        }
    }

    /** Lets the clock do what is due. */
    private void clockStrikes() {
        lock.lock();
        try {
            alarm = null;
            alarmDue = Long.MAX_VALUE;
            if (congested()) {
                // results would have to wait, and this thread with them
                alarm = time.schedule(time.clock().instant().plus(CONGESTION), this::clockStrikes);
            } else if (phase == Phase.RUNNING && !interrupted) {
                pipeline.renewFunctions();
                runSteps(() -> pipeline.time(time.clock().millis()));
                deliver();
                setAlarm();
            }
        } catch (InterruptedException e) {
            LOGGER.debug("Rule '{}' was interrupted while it closed a window", spec.id(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether results would have to wait for a sink. */
    boolean congested() {
        return phase == Phase.RUNNING && sinks.stream().anyMatch(SinkRunner::congested);
    }

    private void setAlarm() {
        long due = pipeline.due();
        if (due == alarmDue) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        alarmDue = due;
        if (due != Long.MAX_VALUE) {
            alarm = time.schedule(Instant.ofEpochMilli(due), this::clockStrikes);
        }
    }

    private void rowFailed(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {
        if (!swaps.collect(where, cause, row)) {
            report(where, cause, row);
        }
    }

    /** Counts and reports a row that failed. */
    void report(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {
        where.failed(cause, time.clock().millis());
        deadLetters.add(where.name(), cause, row);
        putOutError(cause);
    }

    private void putOutError(Exception cause) {
        if (spec.options().errorsToSinks()) {
            results.add(List.of(ErrorRows.of(cause, time.clock().millis())));
        }
    }

    /** Takes note of a record that a source could not read. */
    void rejected(String step, Exception cause, String raw) {
        deadLetters.add(step, cause, raw);
        if (!spec.options().errorsToSinks()) {
            return;
        }
        lock.lock();
        try {
            if (phase == Phase.RUNNING && !interrupted) {
                putOutError(cause);
                deliver();
            }
        } catch (InterruptedException e) {
            // the thread belongs to the source, which wants to know
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    void dropped(int rows) {
        dropped.addAndGet(rows);
    }

    @Override
    public void checkpoint() {
        checkpoints.request();
    }

    Checkpoints checkpoints() {
        return checkpoints;
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
        if (told.getAndSet(true)) {
            return false;
        }
        if (cause != null) {
            LOGGER.warn("Rule '{}' cannot go on: {}", spec.id(), cause.getMessage());
        }
        Runnable report = once(() -> {
            if (cause == null) {
                listener.ended("done");
            } else {
                listener.failed(cause);
            }
        });
        // a plugin that does not come back may not come back from being closed, either
        Alarm late = time.schedule(time.clock().instant().plus(PATIENCE.multipliedBy(2)), report);
        time.execute(() -> {
            finish(PATIENCE);
            late.cancel();
            report.run();
        });
        return true;
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) {
                action.run();
            }
        };
    }

    @Override
    public void stop(Duration patience) {
        told.set(true);
        finish(patience);
    }

    private void finish(Duration patience) {
        synchronized (ending) {
            if (stopped) {
                return;
            }
            stopped = true;
            try {
                end(patience);
            } finally {
                onEnd.accept(this);
            }
        }
    }

    private void end(Duration patience) {
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
            if (alarm != null) {
                alarm.cancel();
            }
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
        Map<String, Object> status = new LinkedHashMap<>();
        sources.forEach(source -> source.source().metrics().writeTo(status));
        pipeline.lookups().forEach(table -> table.metrics().writeTo(status));
        pipeline.metrics().forEach(step -> step.writeTo(status));
        sinks.forEach(sink -> sink.metrics().writeTo(status));
        deadLetterSinks.forEach(sink -> sink.metrics().writeTo(status));
        status.put("rule_late_records_total", late.total());
        status.put("rule_dropped_records_total", dropped.get());
        status.put("rule_dead_letters_total", deadLetters.total());
        status.put("rule_dead_letters_lost_total", deadLetters.undelivered());
        return status;
    }

    @Override
    public Set<PluginUse> uses() {
        Set<PluginUse> uses = new LinkedHashSet<>();
        sources.forEach(source -> uses.addAll(source.source().resolved().uses()));
        pipeline.lookups().forEach(table -> uses.addAll(table.resolved().uses()));
        sinks.forEach(sink -> uses.addAll(sink.slot().resolved().uses()));
        deadLetterSinks.forEach(sink -> uses.addAll(sink.slot().resolved().uses()));
        uses.addAll(locked(() -> pipeline.bindings().uses()));
        return uses;
    }

    @Override
    public RuleTopology topology() {
        return Topology.of(
                sources.stream().map(source -> source.input().stream()).toList(), pipeline.metrics(), spec.actions());
    }

    @Override
    public AutoCloseable tail(Consumer<String> tail) {
        tails.add(tail);
        return () -> tails.remove(tail);
    }

    /** Makes markers for all sinks; {@code reached} runs when the last one has reached them. */
    void mark(Marker.Kind kind, long checkpointId, Runnable reached) {
        if (sinks.isEmpty()) {
            reached.run();
            return;
        }
        AtomicLong left = new AtomicLong(sinks.size());
        Marker marker = new Marker(kind, checkpointId, sink -> {
            if (left.decrementAndGet() == 0) {
                reached.run();
            }
        });
        sinks.forEach(sink -> sink.mark(marker));
    }
}
