package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import io.varuna.engine.time.RealTime;
import java.util.Map;

/** Answers the question by rules of the engine over messages in memory. */
public final class RuleTrial implements Trial {
    private final Messages messages;
    private final VarunaEngine engine;

    /** Starts one rule with the question; {@code sink} is a type of sink of the engine. */
    public RuleTrial(Messages messages, String sink, Output output) {
        this(messages, output);
        engine.start("question", Question.SQL, VarunaEngine.action(sink), Map.of());
    }

    private RuleTrial(Messages messages, Output output) {
        this.messages = messages;
        this.engine = new VarunaEngine(new RealTime(), output);
        engine.create(Question.STREAM);
    }

    /** Starts rules on one stream that differ in a constant only; about one of a hundred rows passes each. */
    public static RuleTrial ofRules(Messages messages, int rules) {
        RuleTrial trial = new RuleTrial(messages, Output.discarding());
        for (int i = 0; i < rules; i++) {
            String sql = "SELECT temperature, humidity FROM demo WHERE temperature > " + (34.5 + i * 0.0004);
            trial.engine.start("rule" + i, sql, VarunaEngine.action(VarunaEngine.IGNORE), Map.of());
        }
        return trial;
    }

    @Override
    public long run() throws InterruptedException {
        engine.feed("demo", messages, 0, messages.count());
        return messages.count();
    }

    @Override
    public void close() {
        engine.close();
    }
}
