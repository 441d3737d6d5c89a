package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.engine.plugin.Connections;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.plugin.Profiles;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.VirtualTime;
import io.varuna.engine.watch.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a trial ends. */
class RuleSwapTest {
    private static final Duration HEALTH = Duration.ofSeconds(3);

    private final TestPlugins plugins =
            new TestPlugins().source("test", new TestStream()).sink("test", new TestSink(true));
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final Engine engine = Engine.builder().plugins(plugins).time(time).build();

    @AfterEach
    void close() {
        engine.close();
    }

    /** A part whose last batch comes to a bad end in the moment in which it is asked whether one is under way. */
    private static final class FailingAtTheEnd implements SwapPart {
        private final List<String> done = new ArrayList<>();
        private @Nullable String trouble;

        @Override
        public String name() {
            return "part";
        }

        @Override
        public long move() {
            done.add("moved");
            return 0;
        }

        @Override
        public void back() {
            done.add("taken back");
        }

        @Override
        public void settle() {
            done.add("settled");
        }

        @Override
        public Optional<String> trouble() {
            return Optional.ofNullable(trouble);
        }

        @Override
        public boolean tries(Duration since) {
            trouble = "a batch has failed";
            return false;
        }

        @Override
        public Optional<Busy.Overrun> hanging(Duration budget) {
            return Optional.empty();
        }

        @Override
        public void nudge(Busy.Overrun overrun) {
            throw new IllegalStateException("nobody hangs");
        }

        @Override
        public boolean giveUp(Exception cause) {
            throw new IllegalStateException("nobody hangs");
        }
    }

    @Test
    void takesBackWhatFailsInTheMomentInWhichItsTrialEnds() {
        RunningRule rule = engine.start(
                new RuleSpec(
                        "r1",
                        Plans.plan(Plans.scan("v")),
                        List.of(Plans.stream("demo")),
                        List.of(new ActionSpec("test", 0, Map.of())),
                        RuleOptions.DEFAULT),
                new RuleEvents());
        FailingAtTheEnd part = new FailingAtTheEnd();
        RuleTask task = (RuleTask) rule;
        PluginAccess access =
                new PluginAccess(PluginView.of(plugins).plugins(), Profiles.NONE, new Connections(), time.clock());
        RuleSwap swap = new RuleSwap(task, access, task.swaps(), next -> List.of(part));

        swap.run(HEALTH);
        time.advanceTo(Instant.EPOCH.plus(HEALTH.multipliedBy(2)));

        assertThat(swap.report()).isCompletedWithValueMatching(report -> !report.moved());
        assertThat(swap.report().join().message()).isEqualTo("part: a batch has failed");
        assertThat(part.done).containsExactly("moved", "taken back");
    }
}
