package io.varuna.plugin.simulator;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.Durations;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.Position;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Emits given records, one at an interval, over and over again or once. */
@Component
@PluginType("simulator")
public final class SimulatorSource implements SourceFactory<SimulatorSource.Config> {
    /** The partition of positions; the offset is the number of records that were emitted. */
    static final String PARTITION = "data";

    /** The properties of the source. */
    @ObjectClassDefinition(name = "Simulator source", description = "Given records, one after the other")
    public @interface Config {
        @AttributeDefinition(description = "The records, as a list of objects")
        String data();

        @AttributeDefinition(
                description = "Time between two records: a text such as 10s or 300ms, or a number of milliseconds")
        String interval() default "1s";

        @AttributeDefinition(description = "Whether to begin again after the last record; otherwise the stream ends")
        boolean loop() default true;
    }

    @Override
    public Source open(Config config, SourceContext context) {
        String where = "Source 'simulator' of stream '" + context.stream() + "'";
        List<Map<String, @Nullable Object>> records =
                records(context.properties().get("data"), where);
        if (records.isEmpty()) {
            throw noRecords(where);
        }
        long emitted = context.restored().stream()
                .filter(position -> position.partition().equals(PARTITION))
                .mapToLong(position -> offset(position, where))
                .max()
                .orElse(0);
        return new Simulation(records, Durations.property("interval", config.interval()), config.loop(), emitted);
    }

    /** Reads the property {@code data}. */
    static List<Map<String, @Nullable Object>> records(@Nullable Object data, String where) {
        if (!(data instanceof List<?> list)) {
            throw noRecords(where);
        }
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> record)) {
                throw invalid(where + " takes objects in property 'data', but element " + (records.size() + 1) + " is '"
                        + item + "'");
            }
            records.add(Literals.record(record));
        }
        return records;
    }

    private static VarunaException noRecords(String where) {
        return invalid(where + " takes a list of objects as property 'data', such as [{\"temperature\": 20.5}]");
    }

    private static long offset(Position position, String where) {
        try {
            return Long.parseLong(position.offset());
        } catch (NumberFormatException e) {
            throw new VarunaException(
                    StandardError.STATE_INCOMPATIBLE,
                    where + " cannot read on from '" + position.offset() + "'. Reset the state of the rule",
                    e);
        }
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_PROPERTY, message);
    }
}
