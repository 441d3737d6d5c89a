package io.varuna.plugin.functions.geohash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The values are those that eKuiper's plugin gives. */
class GeohashFunctionsTest extends FunctionContract {
    private static final String TEXT = "wwv8z1tyfdgj";
    private static final long BITS = 0xe7368f873e731f10L;

    @Override
    protected FunctionLibrary library() {
        return new GeohashFunctions();
    }

    @Test
    void aPlaceIsEncoded() {
        assertThat(GeohashFunctions.encode(38.11, 120.55)).isEqualTo(TEXT);
        assertThat(GeohashFunctions.encode(-25.345457, 131.036192)).isEqualTo("qgmpvf18h86e");
        assertThat(GeohashFunctions.encodeInt(38.11, 120.55)).isEqualTo(BITS);
        assertThat(Long.toUnsignedString(GeohashFunctions.encodeInt(-25.345457, 131.036192)))
                .isEqualTo("12963433097944239317");
    }

    @Test
    void aGeohashIsDecoded() {
        assertThat(GeohashFunctions.decode(TEXT)).isEqualTo(Map.of("Latitude", 38.11, "Longitude", 120.55));
        assertThat(GeohashFunctions.decode("qgmpvf18h86e"))
                .isEqualTo(Map.of("Latitude", -25.345457099999997, "Longitude", 131.036192));
        assertThat(GeohashFunctions.decodeInt(BITS))
                .isEqualTo(Map.of("Latitude", 38.10999999, "Longitude", 120.54999993));
    }

    @Test
    void aGeohashHasAnArea() {
        assertThat(GeohashFunctions.boundingBox(TEXT))
                .isEqualTo(Map.of(
                        "MinLat", 38.10999998822808,
                        "MaxLat", 38.110000155866146,
                        "MinLng", 120.54999992251396,
                        "MaxLng", 120.55000025779009));
        assertThat(GeohashFunctions.boundingBoxInt(BITS))
                .isEqualTo(Map.of(
                        "MinLat", 38.10999998822808,
                        "MaxLat", 38.1100000301376,
                        "MinLng", 120.54999992251396,
                        "MaxLng", 120.550000006333));
    }

    @Test
    void neighborsGoRoundClockwise() {
        assertThat(GeohashFunctions.neighbors(TEXT))
                .isEqualTo(List.of(
                        "wwv8z1tyfdgn",
                        "wwv8z1tyfdgq",
                        "wwv8z1tyfdgm",
                        "wwv8z1tyfdgk",
                        "wwv8z1tyfdgh",
                        "wwv8z1tyfdfu",
                        "wwv8z1tyfdfv",
                        "wwv8z1tyfdfy"));
        assertThat(GeohashFunctions.neighborsInt(BITS))
                .isEqualTo(List.of(
                        0xe7368f873e731f11L,
                        0xe7368f873e731f13L,
                        0xe7368f873e731f12L,
                        0xe7368f873e731f07L,
                        0xe7368f873e731f05L,
                        0xe7368f873e731dafL,
                        0xe7368f873e731dbaL,
                        0xe7368f873e731dbbL));
    }

    @Test
    void theGridIsClosedAtTheDateLine() {
        String west = GeohashFunctions.encode(0.1, -179.999999999);
        assertThat(GeohashFunctions.neighbors(west)).contains(GeohashFunctions.encode(0.1, 179.999999999));
    }

    @Test
    void whatIsNoGeohashIsNamed() {
        assertThatThrownBy(() -> GeohashFunctions.decode("la"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("Argument 'hash' of 'geohash_decode'")
                .hasMessageContaining("no 'l'");
        assertThatThrownBy(() -> GeohashFunctions.neighbors("")).hasMessageContaining("1 to 12 characters");
        assertThatThrownBy(() -> GeohashFunctions.boundingBox("0123456789bcd"))
                .hasMessageContaining("1 to 12 characters");
    }

    @Test
    void placesThatAreNotOnTheEarthAreRefused() {
        assertThatThrownBy(() -> GeohashFunctions.encode(90.5, 0))
                .hasMessageContaining("Argument 'latitude' of 'geohash_encode' takes degrees from -90 to 90, not 90.5");
        assertThatThrownBy(() -> GeohashFunctions.encodeInt(0, Double.NaN))
                .hasMessageContaining("Argument 'longitude' of 'geohash_encode_int'");
        assertThat(GeohashFunctions.encode(90, 180)).hasSize(12);
        assertThat(GeohashFunctions.encode(-90, -180)).isEqualTo("000000000000");
    }

    @Test
    void aPlaceLiesInTheAreaOfItsGeohash() {
        long seed = Long.getLong("varuna.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            double latitude = random.nextDouble() * 180 - 90;
            double longitude = random.nextDouble() * 360 - 180;
            assertContains(
                    GeohashFunctions.boundingBox(GeohashFunctions.encode(latitude, longitude)), latitude, longitude);
            assertContains(
                    GeohashFunctions.boundingBoxInt(GeohashFunctions.encodeInt(latitude, longitude)),
                    latitude,
                    longitude);
        }
    }

    private static void assertContains(Map<String, Object> box, double latitude, double longitude) {
        assertThat(latitude).isBetween((Double) box.get("MinLat"), (Double) box.get("MaxLat"));
        assertThat(longitude).isBetween((Double) box.get("MinLng"), (Double) box.get("MaxLng"));
    }
}
