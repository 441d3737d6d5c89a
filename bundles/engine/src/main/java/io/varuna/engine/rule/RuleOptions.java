package io.varuna.engine.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.plan.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a rule that the engine goes by.
 *
 * @param eventTime whether time is that of the rows, not of their arrival
 * @param lateTolerance how far behind the latest row others may be, in event time
 * @param idleTimeout after how long without rows a stream stops holding back the others, in event time; zero for never
 * @param bufferLength how many rows may wait for a sink
 * @param metaToSink whether results get the metadata as {@code __meta}
 * @param nilFields whether output has columns whose value is NULL, also where they would be left out
 * @param errorsToSinks whether failed evaluations are put out as rows {@code {"error": text}}
 * @param qos 0, or 1 and 2 to keep state and positions
 * @param discardWhenFull whether rows are dropped, and counted, when a sink's buffer is full; otherwise the source waits
 * @param saveStateAtStop whether the state is kept at a stop, so that the next start goes on from there
 * @param pluginTimeout how long functions and lookup tables may keep one batch before the rule is suspended; a sink, which may
 *     wait for another system, ten times as long; zero for ever
 * @param lateAction where records go that come too late in event time
 * @param onError where rows go that could not be evaluated or were refused by a sink
 * @param sliding how sliding windows are put out
 * @param schedule when the rule runs; the engine itself does not look at it
 * @param plugins by name of a plugin, the version that the rule asks for; the engine itself does not look at it
 * @param waitForPlugins whether the rule may be created though nobody knows a plugin that has what it names; the engine itself
 *     does not look at it
 */
public record RuleOptions(
        Dialect dialect,
        boolean debug,
        boolean eventTime,
        Duration lateTolerance,
        Duration idleTimeout,
        int concurrency,
        int bufferLength,
        boolean metaToSink,
        boolean nilFields,
        boolean errorsToSinks,
        int qos,
        Duration checkpointInterval,
        boolean discardWhenFull,
        boolean saveStateAtStop,
        int restartAttempts,
        Duration pluginTimeout,
        List<ActionSpec> lateAction,
        List<ActionSpec> onError,
        Sliding sliding,
        Schedule schedule,
        Map<String, String> plugins,
        boolean waitForPlugins) {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}");
    /** The options of a rule that gives none. */
    public static final RuleOptions DEFAULT = of(Map.of());

    /**
     * When a rule runs, as it was given.
     *
     * @param cron five fields; empty if none
     * @param duration how long it runs each time; zero if for ever
     * @param ranges objects with {@code begin} and {@code end}, or {@code beginTimestamp} and {@code endTimestamp}
     */
    public record Schedule(String cron, Duration duration, List<Map<String, @Nullable Object>> ranges) {
        public Schedule {
            ranges = List.copyOf(ranges);
        }

        /** Tells whether the rule always runs. */
        public boolean always() {
            return cron.isEmpty() && duration.isZero() && ranges.isEmpty();
        }
    }

    /**
     * How sliding windows are put out.
     *
     * @param newer whether a row that is older than the last one by just the length of the window is out of it
     * @param twice whether a window with a delay is put out when it is triggered, and what comes after it by itself
     */
    public record Sliding(boolean newer, boolean twice) {}

    public RuleOptions {
        lateAction = List.copyOf(lateAction);
        onError = List.copyOf(onError);
        plugins = Map.copyOf(plugins);
    }

    /** Reads options as a rule has them; throws if some are unknown or do not fit, naming all of them. */
    public static RuleOptions of(Map<String, ? extends @Nullable Object> given) {
        OptionReader options = new OptionReader(given);
        int qos = options.whole("qos", 0, 0, 2);
        Object lateAction = options.any("lateAction");
        Object onError = options.any("onError");
        OptionReader restart = options.group("restartStrategy");
        OptionReader window = options.group("planOptimizeStrategy").group("windowOption");
        RuleOptions result = new RuleOptions(
                dialect(options.text("dialect", "auto")),
                options.flag("debug", false),
                options.flag("isEventTime", false),
                options.duration("lateTolerance", Duration.ofSeconds(1)),
                options.duration("idleTimeout", Duration.ZERO),
                options.whole("concurrency", 1, 1),
                Math.max(1, options.whole("bufferLength", 1024, 0)),
                options.flag("sendMetaToSink", false),
                options.flag("sendNilField", false),
                options.flag("sendError", false),
                qos,
                options.duration("checkpointInterval", Duration.ofMinutes(5)),
                "drop".equals(overflow(options.text("overflow", "block"))),
                options.flag("enableSaveStateBeforeStop", qos > 0),
                restart.whole("attempts", 0, 0),
                options.duration("pluginTimeout", Duration.ofMinutes(1)),
                lateAction == null ? List.of() : ActionSpec.listOf(lateAction, "lateAction"),
                onError == null ? List.of() : ActionSpec.listOf(onError, "onError"),
                new Sliding(
                        "v2".equals(window.text("windowVersion", "")),
                        window.flag("enableSendSlidingWindowTwice", false)),
                new Schedule(
                        options.text("cron", ""),
                        options.duration("duration", Duration.ZERO),
                        ranges(options.any("cronDatetimeRange"))),
                versions(options.any("plugins")),
                options.flag("waitForPlugins", false));
        for (String former : List.of("delay", "multiplier", "maxDelay", "jitterFactor")) {
            restart.any(former);
        }
        for (String accepted : List.of(
                "logFilename",
                "notifySub",
                "disableBufferFullDiscard",
                "forceExitTimeout",
                "experiment",
                "enableRuleTracer")) {
            options.any(accepted);
        }
        restart.rejectUnknown();
        options.rejectUnknown();
        options.check("The rule's options");
        return result;
    }

    /** Tells whether the state is kept while the rule does not run, so that the next start goes on from there. */
    public boolean keepsState() {
        return qos > 0 || saveStateAtStop;
    }

    private static Dialect dialect(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> Dialect.AUTO;
            case "rule" -> Dialect.RULE;
            case "standard" -> Dialect.STANDARD;
            default -> throw invalid("Option 'dialect' takes auto, rule or standard, not '" + name + "'");
        };
    }

    private static Map<String, String> versions(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw badVersions(value);
        }
        Map<String, String> versions = new TreeMap<>();
        map.forEach((plugin, version) -> {
            if (!(version instanceof String text) || !VERSION.matcher(text).matches()) {
                throw badVersions(value);
            }
            versions.put(String.valueOf(plugin), text);
        });
        return versions;
    }

    private static VarunaException badVersions(Object value) {
        return invalid("Option 'plugins' takes an object of plugins and their versions, such as {\"mysql\": \"1.0.0\"},"
                + " not '" + value + "'");
    }

    private static String overflow(String name) {
        if (name.equals("block") || name.equals("drop")) {
            return name;
        }
        throw invalid("Option 'overflow' takes block or drop, not '" + name + "'");
    }

    private static List<Map<String, @Nullable Object>> ranges(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            @SuppressWarnings("unchecked") // objects of JSON
            List<Map<String, @Nullable Object>> ranges = (List<Map<String, @Nullable Object>>) list;
            return ranges;
        }
        throw invalid("Option 'cronDatetimeRange' takes a list of objects with begin and end, not '" + value + "'");
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_RULE, message);
    }
}
