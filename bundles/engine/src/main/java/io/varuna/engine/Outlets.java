package io.varuna.engine;

import io.varuna.api.data.Schema;
import io.varuna.engine.Assembly.Outlet;
import io.varuna.engine.Assembly.Use;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.sink.SinkFailures;
import io.varuna.engine.sink.SinkInstance;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.step.OutputStep;
import io.varuna.engine.time.EngineTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the sinks of a rule. */
final class Outlets {
    private final RuleTask rule;
    private final EngineTime time;
    private final long lastCheckpoint;

    Outlets(RuleTask rule, EngineTime time, long lastCheckpoint) {
        this.rule = rule;
        this.time = time;
        this.lastCheckpoint = lastCheckpoint;
    }

    /** Makes sinks. */
    List<SinkRunner> sinks(List<Outlet> outlets, PluginAccess access) {
        List<SinkRunner> sinks = new ArrayList<>();
        for (Outlet outlet : outlets) {
            boolean deadLetters = outlet.use() == Use.DEAD_LETTERS;
            StepMetrics metrics =
                    new StepMetrics(prefix(outlet.use()) + outlet.action().name() + "_0", true);
            boolean discards = deadLetters || rule.spec().options().discardWhenFull();
            SinkFailures failures = deadLetters ? new OfErrors() : new OfResults();
            SinkInstance instance = instance(outlet, access, metrics);
            sinks.add(new SinkRunner(instance, outlet.options(), discards, time, metrics, failures));
        }
        return sinks;
    }

    /** Makes another instance for a sink. */
    SinkInstance instance(Outlet outlet, SinkRunner sink, PluginAccess access) {
        return instance(outlet, access, sink.metrics());
    }

    private static String prefix(Use use) {
        return switch (use) {
            case RESULTS -> "sink_";
            case LATE_RECORDS -> "late_sink_";
            case DEAD_LETTERS -> "error_sink_";
        };
    }

    private SinkInstance instance(Outlet outlet, PluginAccess access, StepMetrics metrics) {
        Schema schema =
                switch (outlet.use()) {
                    case RESULTS -> OutputStep.schema(rule.spec().plan().root());
                    case LATE_RECORDS -> Schema.OPEN;
                    case DEAD_LETTERS -> DeadLetters.SCHEMA;
                };
        boolean checkpoints =
                outlet.use() != Use.DEAD_LETTERS && rule.spec().options().qos() > 0;
        return new SinkInstance(
                outlet.sink(),
                outlet.options(),
                rule.spec().id(),
                schema,
                access,
                metrics,
                checkpoints,
                lastCheckpoint);
    }

    /** What the sinks of results cannot write goes to the dead letters. */
    private final class OfResults implements SinkFailures {
        @Override
        public void refused(SinkRunner sink, Exception cause, Map<String, @Nullable Object> row) {
            rule.errors().deadLetters().add(sink.metrics().name(), cause, row);
        }

        @Override
        public void dropped(SinkRunner sink, int rows) {
            rule.errors().dropped(rows);
        }

        @Override
        public void unusable(SinkRunner sink, Exception cause) {
            rule.end(cause);
        }
    }

    /** What the sinks of dead letters cannot write is counted. */
    private final class OfErrors implements SinkFailures {
        @Override
        public void refused(SinkRunner sink, Exception cause, Map<String, @Nullable Object> row) {
            rule.errors().deadLetters().lost(1);
        }

        @Override
        public void dropped(SinkRunner sink, int rows) {
            rule.errors().deadLetters().lost(rows);
        }

        @Override
        public void unusable(SinkRunner sink, Exception cause) {
            rule.end(cause);
        }
    }
}
