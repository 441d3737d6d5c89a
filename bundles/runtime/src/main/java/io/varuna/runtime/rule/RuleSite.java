package io.varuna.runtime.rule;

import io.varuna.engine.Engine;
import io.varuna.engine.time.EngineTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all rules share.
 *
 * @param commands where starts and stops are carried out; they may block
 * @param store keeps a definition
 */
record RuleSite(
        Engine engine,
        RuleCompiler compiler,
        EngineTime time,
        Executor commands,
        ZoneId zone,
        Consumer<RuleDefinition> store) {
    Instant now() {
        return time.clock().instant();
    }
}
