package io.varuna.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one subject.
 *
 * @param id such as {@code memory/small/varuna}
 * @param nanos processor time per message in each round
 * @param bytes memory allocated per message; NaN if not known
 * @param residentMegabytes largest memory of the process; NaN if not known
 * @param figures others, by name
 */
public record Measurement(
        String id, List<Double> nanos, double bytes, double residentMegabytes, Map<String, Double> figures) {
    public Measurement {
        nanos = List.copyOf(nanos);
        figures = Map.copyOf(figures);
    }

    /** Returns the median of the rounds, in nanoseconds of processor time per message. */
    public double median() {
        return median(nanos);
    }

    /** Returns the median of some numbers, at least one. */
    public static double median(List<Double> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the best round. */
    public double best() {
        return Arrays.stream(nanos.stream().mapToDouble(Double::doubleValue).toArray())
                .min()
                .orElse(Double.NaN);
    }
}
