package io.varuna.engine;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.sink.SinkInstance;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.source.StreamSource;
import io.varuna.engine.watch.Busy;
import io.varuna.engine.watch.Successors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Knows what of a rule other versions of plugins concern, and how each of it is exchanged. */
final class SwapParts {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RuleTask rule;
    private final PluginView view;
    private final PluginAccess access;
    private final RuleSwaps swaps;
    private final Successors successors;

    SwapParts(RuleTask rule, PluginView view, PluginAccess access, RuleSwaps swaps, Successors successors) {
        this.rule = rule;
        this.view = view;
        this.access = access;
        this.swaps = swaps;
        this.successors = successors;
    }

    /** Returns what differs from what the rule runs with. */
    List<SwapPart> differing(Assembly next) {
        List<SwapPart> parts = new ArrayList<>();
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

    private void addSinks(List<SinkRunner> sinks, List<Assembly.Outlet> outlets, List<SwapPart> parts) {
        for (int i = 0; i < sinks.size(); i++) {
            if (!sinks.get(i).slot().resolved().sameAs(outlets.get(i).sink())) {
                parts.add(new SinkPart(sinks.get(i), outlets.get(i)));
            }
        }
    }

    /** What the steps of the rule call. They cannot go on without it: the rule has to begin anew. */
    private abstract class Called implements SwapPart {
        @Override
        public boolean tries(Duration since) {
            return hanging(since).isPresent();
        }

        @Override
        public Optional<Busy.Overrun> hanging(Duration budget) {
            return rule.watch().overrun(System.nanoTime(), budget);
        }

        @Override
        public void nudge(Busy.Overrun overrun) {
            rule.watch().nudge(overrun);
        }

        @Override
        public boolean giveUp(Exception cause) {
            rule.giveUp(cause);
            return false;
        }
    }

    /** All functions that the rule calls. */
    private final class Functions extends Called {
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
            byte[] state = rule.lock().lockedInTime(rule.pipeline()::save);
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

    private final class Lookup extends Called {
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
            swaps.triesTables();
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

    private final class SinkPart implements SwapPart {
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

        @Override
        public boolean tries(Duration since) {
            return sink.slot().tries(since);
        }

        @Override
        public Optional<Busy.Overrun> hanging(Duration budget) {
            // the slot itself gives up who does not come back from the first batches; the thread of others is the
            // sink's
            return sink.slot().hanging(budget);
        }

        @Override
        public Duration limit(Duration called) {
            Duration far = called.multipliedBy(RuleWatch.FAR_BUDGETS);
            return far.compareTo(Successors.LIMIT) < 0 ? far : Successors.LIMIT;
        }

        @Override
        public void nudge(Busy.Overrun overrun) {
            sink.slot().nudge(overrun);
        }

        @Override
        public boolean giveUp(Exception cause) {
            rule.giveUp(cause);
            return false;
        }
    }

    private final class SourcePart implements SwapPart {
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

        @Override
        public boolean tries(Duration since) {
            return hanging(since).isPresent();
        }

        @Override
        public Optional<Busy.Overrun> hanging(Duration budget) {
            return source.decoding(budget);
        }

        @Override
        public void nudge(Busy.Overrun overrun) {
            source.nudge(overrun);
        }

        @Override
        public boolean giveUp(Exception cause) {
            source.giveUp();
            return true;
        }
    }
}
