package io.varuna.plugin.functions.geohash;

import ch.hsr.geohash.BoundingBox;
import ch.hsr.geohash.GeoHash;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cell of the grid, and what functions give of it in eKuiper's names. */
final class Cell {
    /** The order in which the library gives neighbours. */
    static final List<String> DIRECTIONS =
            List.of("North", "NorthEast", "East", "SouthEast", "South", "SouthWest", "West", "NorthWest");

    private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
    private static final int MOST_CHARACTERS = 12;
    private static final int BITS = Long.SIZE;

    private final GeoHash hash;

    private Cell(GeoHash hash) {
        this.hash = hash;
    }

    static Cell ofText(String function, String text) {
        if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
            throw problem("Argument 'hash' of '" + function + "' takes a geohash of 1 to " + MOST_CHARACTERS
                    + " characters, not '" + text + "'");
        }
        for (int i = 0; i < text.length(); i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                throw problem("Argument 'hash' of '" + function + "' takes a geohash, which has no '" + text.charAt(i)
                        + "', as '" + text + "' has: " + ALPHABET);
            }
        }
        return new Cell(GeoHash.fromGeohashString(text));
    }

    static Cell ofBits(long bits) {
        return new Cell(GeoHash.fromLongValue(bits, BITS));
    }

    /** Returns the smallest cell that a text can name, which has 60 bits. */
    static Cell smallestText(String function, double latitude, double longitude) {
        check(function, latitude, longitude);
        return new Cell(GeoHash.withCharacterPrecision(latitude, longitude, MOST_CHARACTERS));
    }

    static Cell smallest(String function, double latitude, double longitude) {
        check(function, latitude, longitude);
        return new Cell(GeoHash.withBitPrecision(latitude, longitude, BITS));
    }

    private static void check(String function, double latitude, double longitude) {
        check(function, "latitude", latitude, 90);
        check(function, "longitude", longitude, 180);
    }

    private static void check(String function, String argument, double degrees, int limit) {
        // NaN is not within either
        if (!(Math.abs(degrees) <= limit)) {
            throw problem("Argument '" + argument + "' of '" + function + "' takes degrees from -" + limit + " to "
                    + limit + ", not " + degrees);
        }
    }

    String text() {
        return hash.toBase32();
    }

    long bits() {
        return hash.longValue();
    }

    List<Cell> neighbors() {
        return Arrays.stream(hash.getAdjacent()).map(Cell::new).toList();
    }

    Map<String, Object> box() {
        BoundingBox box = hash.getBoundingBox();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("MinLat", box.getSouthLatitude());
        members.put("MaxLat", box.getNorthLatitude());
        members.put("MinLng", box.getWestLongitude());
        members.put("MaxLng", box.getEastLongitude());
        return members;
    }

    /** Returns the place in the cell whose degrees have the fewest digits that the size of the cell needs. */
    Map<String, Object> place() {
        BoundingBox box = hash.getBoundingBox();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("Longitude", shortest(box.getWestLongitude(), box.getEastLongitude()));
        members.put("Latitude", shortest(box.getSouthLatitude(), box.getNorthLatitude()));
        return members;
    }

    private static double shortest(double least, double greatest) {
        double unit = Math.pow(10, Math.floor(Math.log10(greatest - least)));
        return Math.ceil(least / unit) * unit;
    }

    static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
