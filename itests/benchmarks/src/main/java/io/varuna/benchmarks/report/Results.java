package io.varuna.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The measurements of a run. What was not measured is NaN. */
public final class Results {
    private final Map<String, Measurement> measurements = new LinkedHashMap<>();

    public void add(Measurement measurement) {
        measurements.put(measurement.id(), measurement);
    }

    /** Returns the measurements in the order in which they were made. */
    public Iterable<Measurement> all() {
        return measurements.values();
    }

    Optional<Measurement> find(String id) {
        return Optional.ofNullable(measurements.get(id));
    }

    /** Returns nanoseconds per message. */
    double nanos(String id) {
        return find(id).map(Measurement::median).orElse(Double.NaN);
    }

    double bytes(String id) {
        return find(id).map(Measurement::bytes).orElse(Double.NaN);
    }

    double figure(String id, String name) {
        return find(id).map(measured -> measured.figures().get(name)).orElse(Double.NaN);
    }
}
