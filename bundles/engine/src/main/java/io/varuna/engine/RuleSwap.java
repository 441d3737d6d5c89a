package io.varuna.engine;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.sink.SinkInstance;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.source.StreamSource;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Successors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves one rule to other versions of the plugins that it uses: all parts of it, or none. */
final class RuleSwap {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleSwap.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final RuleTask rule;
    private final PluginView view;
    private final PluginAccess access;
    private final RuleSwaps swaps;
    private final EngineTime time;
    private final Successors successors;
    private final CompletableFuture<SwapReport> report = new CompletableFuture<>();
    private final List<Part> moved = new ArrayList<>();
    private long pause;

    /** Something of a rule that is exchanged. */
    private interface Part {
        String name();

        /** Exchanges it; returns for how long it stood still, in nanoseconds. If it throws, nothing has changed. */
        long move() throws Exception;

        void back();

        void settle();

        Optional<String> trouble();
    }

    RuleSwap(RuleTask rule, PluginView view, PluginAccess access, RuleSwaps swaps) {
        this.rule = rule;
        this.view = view;
        this.access = access;
        this.swaps = swaps;
        this.time = rule.time();
        this.successors = new Successors(time);
    }

    /** Completed when all is done. */
    CompletableFuture<SwapReport> report() {
        return report;
    }

    /** Exchanges what differs, and watches it for a while. May block. */
    void run(Duration health) {
        Part current = null;
        try {
            Assembly next = Assembly.of(rule.spec(), access.registry(), access.profiles());
            for (Part part : parts(next)) {
                current = part;
                pause += part.move();
                moved.add(part);
            }
            watch(time.clock().instant().plus(health));
        } catch (Exception | Error e) {
            Exception cause = PluginFailure.asException(e);
            takeBack((current == null ? "" : current.name() + ": ") + DeadLetters.message(cause));
        }
    }

    private List<Part> parts(Assembly next) {
        List<Part> parts = new ArrayList<>();
        if (rule.pipeline().bindings().differ(view.versions())) {
            parts.add(new Functions(next));
        }
        for (LookupTable table : rule.pipeline().lookups()) {
            var other = Objects.requireNonNull(next.lookups().get(table.name()), table.name());
            if (!table.resolved().sameAs(other)) {
                parts.add(new Lookup(table, other));
            }
        }
        addSinks(rule.sinks(), next.deliveries(), parts);
        addSinks(rule.deadLetterSinks(), next.onError(), parts);
        for (RuleSource source : rule.sources()) {
            String stream = source.input().stream().name();
            var other = Objects.requireNonNull(next.sources().get(stream), stream);
            if (!source.source().resolved().sameAs(other)) {
                parts.add(new SourcePart(source.source(), stream, other));
            }
        }
        return parts;
    }

    private void addSinks(List<SinkRunner> sinks, List<Assembly.Outlet> outlets, List<Part> parts) {
        for (int i = 0; i < sinks.size(); i++) {
            if (!sinks.get(i).slot().resolved().sameAs(outlets.get(i).sink())) {
                parts.add(new SinkPart(sinks.get(i), outlets.get(i)));
            }
        }
    }

    private void watch(Instant until) {
        for (Part part : moved) {
            Optional<String> trouble = part.trouble();
            if (trouble.isPresent()) {
                takeBack(part.name() + ": " + trouble.get());
                return;
            }
        }
        Instant now = time.clock().instant();
        if (!now.isBefore(until) || rule.isOver()) {
            moved.forEach(Part::settle);
            String names = String.join(", ", moved.stream().map(Part::name).toList());
            finish(true, moved.isEmpty() ? "nothing differs" : "exchanged: " + names);
            return;
        }
        Instant next = now.plus(LOOK_EVERY);
        time.schedule(next.isBefore(until) ? next : until, () -> watch(until));
    }

    private void takeBack(String why) {
        LOGGER.warn(
                "Rule '{}' returns to the plugins that it had: {}", rule.spec().id(), why);
        Collections.reverse(moved);
        for (Part part : moved) {
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
        swaps.ended();
        report.complete(new SwapReport(done, message, Duration.ofNanos(pause)));
    }

    /** All functions that the rule calls. */
    private final class Functions implements Part {
        private final Assembly next;

        Functions(Assembly next) {
            this.next = next;
        }

        @Override
        public String name() {
            return "functions";
        }

        @Override
        public long move() throws Exception {
            long start = System.nanoTime();
            byte[] state = rule.locked(rule.pipeline()::save);
            long saving = System.nanoTime() - start;
            // one that does not take over the state, or does not come back from it, must not find the rule locked
            successors.open(() -> swaps.rehearse(next, access, view, state), rehearsed -> {});
            start = System.nanoTime();
            swaps.tryFunctions(view.versions());
            return saving + System.nanoTime() - start;
        }

        @Override
        public void back() {
            swaps.endTrial(true);
        }

        @Override
        public void settle() {
            swaps.endTrial(false);
        }

        @Override
        public Optional<String> trouble() {
            return swaps.trialTrouble();
        }
    }

    private final class Lookup implements Part {
        private final LookupTable table;
        private final Resolved<LookupFactory<?>> next;

        Lookup(LookupTable table, Resolved<LookupFactory<?>> next) {
            this.table = table;
            this.next = next;
        }

        @Override
        public String name() {
            return "table '" + table.name() + "'";
        }

        @Override
        public long move() throws Exception {
            // the other one answers until the new one is open
            table.move(next, access, successors);
            return 0;
        }

        @Override
        public void back() {
            table.back();
        }

        @Override
        public void settle() {
            table.settle();
        }

        @Override
        public Optional<String> trouble() {
            return table.trouble();
        }
    }

    private final class SinkPart implements Part {
        private final SinkRunner sink;
        private final Assembly.Outlet next;

        SinkPart(SinkRunner sink, Assembly.Outlet next) {
            this.sink = sink;
            this.next = next;
        }

        @Override
        public String name() {
            return "sink '" + next.action().name() + "'";
        }

        @Override
        public long move() throws Exception {
            if (sink.slot().resolved().samePluginAs(next.sink())) {
                sink.slot().encodeBy(next.sink(), successors);
                return 0;
            }
            SinkInstance instance = rule.outlets().instance(next, sink, access);
            return sink.slot().move(instance, successors);
        }

        @Override
        public void back() {
            sink.slot().back();
        }

        @Override
        public void settle() {
            sink.slot().settle();
        }

        @Override
        public Optional<String> trouble() {
            return sink.slot().trouble();
        }
    }

    private final class SourcePart implements Part {
        private final StreamSource source;
        private final String stream;
        private final Resolved<SourceFactory<?>> next;

        SourcePart(StreamSource source, String stream, Resolved<SourceFactory<?>> next) {
            this.source = source;
            this.stream = stream;
            this.next = next;
        }

        @Override
        public String name() {
            return "source of stream '" + stream + "'";
        }

        @Override
        public long move() throws Exception {
            return source.move(next, access, PATIENCE);
        }

        @Override
        public void back() {
            source.back();
        }

        @Override
        public void settle() {
            source.settle();
        }

        @Override
        public Optional<String> trouble() {
            return source.trouble();
        }
    }
}
