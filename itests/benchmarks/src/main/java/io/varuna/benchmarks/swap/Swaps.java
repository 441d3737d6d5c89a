package io.varuna.benchmarks.swap;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.engine.Engine;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.SwapReport;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import io.varuna.plugin.functions.aggregate.AggregateFunctions;
import io.varuna.sql.SqlCompiler;
import io.varuna.sql.StreamStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Exchanges one plugin of a rule again and again while it gets numbers, and prints for how long it stood still each time, and
 * what was lost or came twice.
 */
public final class Swaps {
    private static final Duration HEALTH = Duration.ofMillis(200);
    private static final String STREAM =
            "CREATE STREAM numbers (n BIGINT, k BIGINT) WITH (TYPE=\"numbers\", FORMAT=\"number\")";
    private static final String ROWS = "SELECT n FROM numbers";
    private static final String WINDOWS =
            "SELECT k, tally(n) AS total, min(n) AS low, max(n) AS high FROM numbers GROUP BY k, TUMBLINGWINDOW(ss, %d)";
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Ledger ledger = new Ledger();
    private final FunctionTable functions = new FunctionTable();
    private final long perSecond;
    private final int windowSeconds;

    private Swaps(long perSecond, int windowSeconds) {
        this.perSecond = perSecond;
        this.windowSeconds = windowSeconds;
        functions.register(new AggregateFunctions(), "functions-aggregate", "1.0.0");
    }

    /** What is exchanged. */
    enum Kind {
        SOURCE,
        CODEC,
        SINK,
        /** An aggregate within a window, for a thousand keys. */
        FUNCTION
    }

    /** What came of it. */
    record Outcome(Kind kind, List<Duration> pauses, long rows, long lost, long doubled) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f ms | %.1f ms | %.1f ms | %d | %d |",
                    kind.name().toLowerCase(Locale.ROOT),
                    pauses.size(),
                    millis(pauses.get(pauses.size() / 2)),
                    millis(pauses.get(pauses.size() * 9 / 10)),
                    millis(pauses.get(pauses.size() - 1)),
                    lost,
                    doubled);
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / NANOS_PER_MILLI;
        }
    }

    /** Measures all kinds. The arguments are records per second, and how often each is exchanged. */
    public static void main(String[] arguments) throws Exception {
        long perSecond = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000;
        int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        System.out.println(
                "| exchanged | times | pause, median | nine of ten within | longest | lost | doubled |\n|---|---|---|---|---|---|---|");
        for (Kind kind : Kind.values()) {
            System.out.println(measure(kind, perSecond, 10, times).line());
        }
    }

    static Outcome measure(Kind kind, long perSecond, int windowSeconds, int times) throws Exception {
        return new Swaps(perSecond, windowSeconds).measure(kind, times);
    }

    private Outcome measure(Kind kind, int times) throws Exception {
        Versions versions = Versions.of(new PacedSource(perSecond), ledger.sink(), new NumberCodec());
        functions.register(new TallyFunctions(), "tallies", "1.0.0");
        List<Duration> pauses = new ArrayList<>();
        try (Engine engine =
                Engine.builder().plugins(versions).functions(functions).build()) {
            RunningRule rule = start(engine, kind == Kind.FUNCTION ? WINDOWS.formatted(windowSeconds) : ROWS);
            rule.ready()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .exceptionally(late -> {
                        throw new IllegalStateException(rule.metrics().toString(), late);
                    })
                    .join();
            int number = 1;
            while (pauses.size() < times || ledger.rows() == 0) {
                number++;
                versions = next(versions, kind, number);
                Map<String, String> chosen = kind == Kind.FUNCTION ? Map.of("tallies", number + ".0.0") : Map.of();
                SwapReport report =
                        rule.swap(new PluginView(versions, chosen), HEALTH).get();
                if (!report.moved()) {
                    throw new IllegalStateException(report.message());
                }
                pauses.add(report.pause());
            }
        }
        Collections.sort(pauses);
        return new Outcome(kind, pauses, ledger.rows(), ledger.lost(), ledger.doubled());
    }

    private Versions next(Versions now, Kind kind, int number) {
        return switch (kind) {
            case SOURCE -> Versions.of(
                    new PacedSource(perSecond),
                    now.sink().factory(),
                    now.codec().factory());
            case CODEC -> Versions.of(now.source().factory(), now.sink().factory(), new NumberCodec());
            case SINK -> Versions.of(
                    now.source().factory(), ledger.sink(), now.codec().factory());
            case FUNCTION -> {
                functions.register(new TallyFunctions(), "tallies", number + ".0.0");
                yield now;
            }
        };
    }

    private RunningRule start(Engine engine, String sql) {
        Names names = new Names(functions, new ArrayList<>());
        SqlCompiler compiler = new SqlCompiler(names);
        if (compiler.statement(STREAM) instanceof StreamStatement.Create create) {
            names.streams().add(create.definition());
        }
        RuleOptions options = RuleOptions.DEFAULT;
        RuleSpec spec = new RuleSpec(
                "swapped",
                compiler.compile(sql, options.dialect(), options.eventTime()),
                names.streams(),
                List.of(new ActionSpec("ledger", 0, Map.of())),
                options);
        return engine.start(spec, new Failing());
    }

    /** The rule that is measured does not end. */
    private static final class Failing implements RuleListener {
        @Override
        public void ended(String message) {
            throw new IllegalStateException(message);
        }

        @Override
        public void failed(Exception cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** What statements can refer to. */
    private record Names(FunctionTable functions, List<StreamDefinition> streams) implements Catalog {
        @Override
        public Optional<StreamDefinition> stream(String name) {
            return streams.stream().filter(stream -> stream.name().equals(name)).findFirst();
        }

        @Override
        public Collection<String> streamNames() {
            return streams.stream().map(StreamDefinition::name).toList();
        }

        @Override
        public Optional<FunctionDefinition> function(String name) {
            return functions.function(name);
        }

        @Override
        public Collection<String> functionNames() {
            return functions.names();
        }
    }
}
