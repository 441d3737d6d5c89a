package io.varuna.engine;

import io.varuna.api.data.Schema;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.sink.SinkFailures;
import io.varuna.engine.sink.SinkInstance;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.time.EngineTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the sinks of a rule. */
final class Outlets {
    private final RuleTask rule;
    private final PluginAccess access;
    private final EngineTime time;
    private final long lastCheckpoint;

    Outlets(RuleTask rule, PluginAccess access, EngineTime time, long lastCheckpoint) {
        this.rule = rule;
        this.access = access;
        this.time = time;
        this.lastCheckpoint = lastCheckpoint;
    }

    List<SinkRunner> sinks(List<Assembly.Outlet> outlets, Schema schema, String prefix, boolean discards) {
        List<SinkRunner> sinks = new ArrayList<>();
        boolean errors = schema.equals(DeadLetters.SCHEMA);
        for (Assembly.Outlet outlet : outlets) {
            StepMetrics metrics = new StepMetrics(prefix + outlet.action().name() + "_0", true);
            SinkInstance instance = new SinkInstance(
                    outlet.sink(),
                    outlet.options(),
                    rule.spec().id(),
                    schema,
                    access,
                    metrics,
                    !errors && rule.spec().options().qos() > 0,
                    lastCheckpoint);
            SinkFailures failures = errors ? new OfErrors() : new OfResults();
            sinks.add(new SinkRunner(instance, outlet.options(), discards, time, metrics, failures));
        }
        return sinks;
    }

    /** What the sinks of results cannot write goes to the dead letters. */
    private final class OfResults implements SinkFailures {
        @Override
        public void refused(SinkRunner sink, Exception cause, Map<String, @Nullable Object> row) {
            rule.deadLetters().add(sink.metrics().name(), cause, row);
        }

        @Override
        public void dropped(SinkRunner sink, int rows) {
            rule.dropped(rows);
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
            rule.deadLetters().lost(1);
        }

        @Override
        public void dropped(SinkRunner sink, int rows) {
            rule.deadLetters().lost(rows);
        }

        @Override
        public void unusable(SinkRunner sink, Exception cause) {
            rule.end(cause);
        }
    }
}
