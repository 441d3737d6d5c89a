package io.varuna.plugin.functions.geohash;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Places on the earth as geohashes: as texts of up to 12 characters, or as whole numbers of 64 bits, which are negative east of
 * Greenwich, since there are no numbers without sign in SQL.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Geohash">Geohash</a>
 */
@Component
public final class GeohashFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return Stream.concat(
                        Stream.of(neighbor(), neighborInt()),
                        FunctionDefinition.ofMethods(GeohashFunctions.class).stream())
                .toList();
    }

    @SqlFunction(
            name = {"geohash_encode", "geohashencode"},
            doc = "Returns the geohash of a place, given in degrees, as a text of 12 characters.",
            examples = "geohash_encode(-25.345457, 131.036192) = 'qgmpvf18h86e'")
    public static String encode(double latitude, double longitude) {
        return Cell.smallestText("geohash_encode", latitude, longitude).text();
    }

    @SqlFunction(
            name = {"geohash_encode_int", "geohashencodeint"},
            doc =
                    "Returns the geohash of a place, given in degrees, as a whole number of 64 bits, which is negative for longitudes from 0 on.",
            examples = "geohash_encode_int(37.7749, -122.4194) = 5589511709871930228")
    public static long encodeInt(double latitude, double longitude) {
        return Cell.smallest("geohash_encode_int", latitude, longitude).bits();
    }

    @SqlFunction(
            name = {"geohash_decode", "geohashdecode"},
            doc = "Returns the place that a geohash names, as an object with Longitude and Latitude in degrees.",
            examples = "element_at(geohash_decode('wwv8z1tyfdgj'), 'Latitude') = 38.11")
    public static Map<String, Object> decode(String hash) {
        return Cell.ofText("geohash_decode", hash).place();
    }

    @SqlFunction(
            name = {"geohash_decode_int", "geohashdecodeint"},
            doc =
                    "Returns the place that a geohash of 64 bits names, as an object with Longitude and Latitude in degrees.",
            examples = "round(element_at(geohash_decode_int(5589511709871930228), 'Latitude'), 6) = 37.7749")
    public static Map<String, Object> decodeInt(long hash) {
        return Cell.ofBits(hash).place();
    }

    @SqlFunction(
            name = {"geohash_bounding_box", "geohashboundingbox"},
            doc = "Returns the area of a geohash, as an object with MinLat, MaxLat, MinLng and MaxLng in degrees.",
            examples = "element_at(geohash_bounding_box('s'), 'MaxLat') = 45")
    public static Map<String, Object> boundingBox(String hash) {
        return Cell.ofText("geohash_bounding_box", hash).box();
    }

    @SqlFunction(
            name = {"geohash_bounding_box_int", "geohashboundingboxint"},
            doc =
                    "Returns the area of a geohash of 64 bits, as an object with MinLat, MaxLat, MinLng and MaxLng in degrees.",
            examples = "element_at(geohash_bounding_box_int(0), 'MinLat') = -90")
    public static Map<String, Object> boundingBoxInt(long hash) {
        return Cell.ofBits(hash).box();
    }

    @SqlFunction(
            name = {"geohash_neighbors", "geohashneighbors"},
            doc = "Returns the eight geohashes around one, of the same length, clockwise from the north.",
            examples = "element_at(geohash_neighbors('wwv8z1tyfdgj'), 2) = 'wwv8z1tyfdgm'")
    public static List<Object> neighbors(String hash) {
        return Cell.ofText("geohash_neighbors", hash).neighbors().stream()
                .<Object>map(Cell::text)
                .toList();
    }

    @SqlFunction(
            name = {"geohash_neighbors_int", "geohashneighborsint"},
            doc = "Returns the eight geohashes of 64 bits around one, clockwise from the north.",
            examples = "cardinality(geohash_neighbors_int(5589511709871930228)) = 8")
    public static List<Object> neighborsInt(long hash) {
        return Cell.ofBits(hash).neighbors().stream().<Object>map(Cell::bits).toList();
    }

    private static FunctionDefinition neighbor() {
        String name = "geohash_neighbor";
        return FunctionDefinition.scalar(name, () -> args -> {
                    Cell cell = Cell.ofText(name, Conversions.toText(Objects.requireNonNull(args.get(0))));
                    return cell.neighbors().get(direction(name, args.get(1))).text();
                })
                .alias(name.replace("_", ""))
                .doc("Returns the geohash next to one: " + directions() + " of it.")
                .parameter("hash", DataType.VARCHAR)
                .parameter("direction", DataType.VARCHAR)
                .result(DataType.VARCHAR)
                .check(arguments -> problem(name, arguments))
                .example("geohash_neighbor('wwv8z1tyfdgj', 'North') = 'wwv8z1tyfdgn'")
                .build();
    }

    private static FunctionDefinition neighborInt() {
        String name = "geohash_neighbor_int";
        return FunctionDefinition.scalar(name, () -> args -> {
                    Cell cell = Cell.ofBits(((Number) Objects.requireNonNull(args.get(0))).longValue());
                    return cell.neighbors().get(direction(name, args.get(1))).bits();
                })
                .alias(name.replace("_", ""))
                .doc("Returns the geohash of 64 bits next to one: " + directions() + " of it.")
                .parameter("hash", DataType.BIGINT)
                .parameter("direction", DataType.VARCHAR)
                .result(DataType.BIGINT)
                .check(arguments -> problem(name, arguments))
                .example("geohash_neighbor_int(0, 'North') = 1")
                .build();
    }

    /** A direction that is written in the statement is checked when the rule is created. */
    private static @Nullable String problem(String function, List<Argument> arguments) {
        Argument direction = arguments.get(1);
        return direction.literal()
                        && direction.value() != null
                        && !Cell.DIRECTIONS.contains(String.valueOf(direction.value()))
                ? "Argument 2 of '" + function + "' ('direction') takes " + directions() + ", not '" + direction.value()
                        + "'"
                : null;
    }

    private static int direction(String function, @Nullable Object value) {
        String name = Conversions.toText(Objects.requireNonNull(value));
        int direction = Cell.DIRECTIONS.indexOf(name);
        if (direction < 0) {
            throw Cell.problem(
                    "Argument 'direction' of '" + function + "' takes " + directions() + ", not '" + name + "'");
        }
        return direction;
    }

    private static String directions() {
        int last = Cell.DIRECTIONS.size() - 1;
        return String.join(", ", Cell.DIRECTIONS.subList(0, last)) + " or " + Cell.DIRECTIONS.get(last);
    }
}
