package io.varuna.api.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant by one that is not known, for errors that ask "Did you mean 'x'?".
 *
 * <p>Names are compared without regard to case, by how many letters are wrong, missing, too many, or in the place of their
 * neighbour: the optimal string alignment distance.
 */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns the nearest of the known names, if no more than a third of the letters differ; the first in alphabetical order
     * of several that are equally near.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        return of(name, known, Math.max(1, name.length() / 3));
    }

    /**
     * Returns the nearest of the known names.
     *
     * @param most how many letters may differ
     */
    public static Optional<String> of(String name, Collection<String> known, int most) {
        return known.stream()
                .map(candidate -> new Candidate(candidate, distance(fold(name), fold(candidate))))
                .filter(candidate -> candidate.distance() <= most
                        && candidate.distance() < candidate.name().length())
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** Returns {@code " Did you mean 'x'?"}, to be put after a sentence; empty if no other name is {@linkplain #of near}. */
    public static String question(String name, Collection<String> known) {
        return of(name, known)
                .filter(nearest -> !nearest.equals(name))
                .map(nearest -> " Did you mean '" + nearest + "'?")
                .orElse("");
    }

    private record Candidate(String name, int distance) {}

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
