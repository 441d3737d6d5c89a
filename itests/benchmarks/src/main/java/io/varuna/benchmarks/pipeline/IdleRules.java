package io.varuna.benchmarks.pipeline;

import io.varuna.engine.time.RealTime;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Map;

/** Many small rules without messages: what is measured is the memory that they keep. */
public final class IdleRules implements Trial {
    private static final int COLLECTIONS = 4;
    private static final List<String> QUERIES = List.of(
            "SELECT temperature FROM %s WHERE temperature > 20",
            "SELECT temperature, humidity FROM %s WHERE humidity < 60",
            "SELECT id, temperature * 1.8 + 32 AS f FROM %s WHERE status = 'ok'",
            "SELECT * FROM %s WHERE temperature > 30 AND humidity > 80");

    private final int rules;
    private final int streams;
    private final VarunaEngine engine = new VarunaEngine(new RealTime(), Output.discarding());
    private double bytesPerRule;

    public IdleRules(int rules, int streams) {
        this.rules = rules;
        this.streams = streams;
    }

    @Override
    public long run() throws Exception {
        // what the first rule loads is not the memory of a rule
        create(streams);
        start(rules, streams);
        long before = used();
        for (int i = 0; i < streams; i++) {
            create(i);
        }
        for (int i = 0; i < rules; i++) {
            start(i, i % streams);
        }
        bytesPerRule = (double) (used() - before) / rules;
        return rules;
    }

    private void create(int stream) {
        engine.create("CREATE STREAM s" + stream + " () WITH (DATASOURCE=\"s" + stream
                + "\", TYPE=\"feed\", FORMAT=\"json\", SHARED=\"TRUE\")");
    }

    private void start(int rule, int stream) {
        String sql = String.format(QUERIES.get(rule % QUERIES.size()), "s" + stream);
        engine.start("rule" + rule, sql, VarunaEngine.action(VarunaEngine.IGNORE), Map.of());
    }

    /** Returns how much memory is used after garbage was collected, classes included. */
    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP || pool.getName().equals("Metaspace")) {
                used += pool.getUsage().getUsed();
            }
        }
        return used;
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of("bytesPerRule", bytesPerRule);
    }

    @Override
    public void close() {
        engine.close();
    }
}
