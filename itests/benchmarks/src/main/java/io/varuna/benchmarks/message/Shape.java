package io.varuna.benchmarks.message;

import java.util.Locale;
import java.util.SplittableRandom;

/** What a message looks like. Both shapes have {@code id, ts, temperature, humidity} and {@code status}. */
public enum Shape {
    /** About 83 bytes: those five columns. */
    SMALL {
        @Override
        void write(StringBuilder to, Reading reading, SplittableRandom random) {
            to.append("{\"id\":\"").append(reading.id);
            to.append("\",\"ts\":").append(reading.millis);
            to.append(",\"temperature\":").append(reading.temperature);
            to.append(",\"humidity\":").append(reading.humidity);
            to.append(",\"status\":\"").append(reading.status).append("\"}");
        }
    },
    /** About 880 bytes: 30 fields, with objects and arrays in them, and escapes. */
    LARGE {
        @Override
        void write(StringBuilder to, Reading reading, SplittableRandom random) {
            to.append("{\"id\":\"").append(reading.id);
            to.append("\",\"ts\":").append(reading.millis);
            to.append(",\"seq\":").append(random.nextInt(100_000, 1_000_000));
            to.append(",\"site\":\"plant-").append(random.nextInt(1, 10)).append("/hall-3/line-12\"");
            to.append(",\"temperature\":").append(reading.temperature);
            to.append(",\"pressure\":").append(decimal(random, 9_500, 10_500, 10));
            to.append(",\"voltage\":").append(decimal(random, 2_200, 2_400, 10));
            to.append(",\"current\":").append(decimal(random, 100, 999, 100));
            to.append(",\"power\":").append(decimal(random, 9_000, 9_999, 10));
            to.append(",\"rpm\":").append(random.nextInt(1_000, 1_600));
            to.append(",\"location\":{\"latitude\":48.").append(random.nextInt(100_000, 1_000_000));
            to.append(",\"longitude\":11.").append(random.nextInt(100_000, 1_000_000));
            to.append(",\"building\":\"B 7\",\"floor\":")
                    .append(random.nextInt(10))
                    .append('}');
            to.append(",\"tags\":[\"north\",\"spare \\\"B\\\"\",\"calibrated\"]");
            to.append(",\"firmware\":\"4.12.").append(random.nextInt(10)).append("-rc\"");
            to.append(",\"uptime\":").append(random.nextInt(100_000, 1_000_000));
            to.append(",\"humidity\":").append(reading.humidity);
            to.append(",\"vibration\":{\"x\":0.0").append(random.nextInt(10, 100));
            to.append(",\"y\":0.0").append(random.nextInt(10, 100));
            to.append(",\"z\":0.9").append(random.nextInt(10, 100)).append(",\"axes\":[1,2,3]}");
            to.append(
                    ",\"note\":\"checked by the late shift\\nnext inspection as in \\u00a7 12 of the manual of this machine\"");
            to.append(",\"battery\":").append(decimal(random, 200, 999, 10));
            to.append(",\"rssi\":-").append(random.nextInt(40, 90));
            to.append(",\"errors\":[]");
            to.append(",\"alarm\":").append(random.nextInt(10) == 0);
            to.append(",\"limits\":{\"low\":{\"value\":5,\"unit\":\"C\"},\"high\":{\"value\":80,\"unit\":\"C\"}}");
            to.append(",\"operator\":\"J\\u00fcrgen\",\"shift\":\"late\"");
            to.append(",\"batch\":\"B-2023-11-")
                    .append(random.nextInt(1_000, 10_000))
                    .append('"');
            to.append(",\"product\":{\"id\":").append(random.nextInt(10_000, 100_000));
            to.append(",\"name\":\"bearing 6204-2RS\",\"customer\":null}");
            to.append(",\"history\":[").append(decimal(random, 100, 350, 10));
            for (int i = 0; i < 7; i++) {
                to.append(',').append(decimal(random, 100, 350, 10));
            }
            to.append("],\"status\":\"").append(reading.status);
            to.append("\",\"checksum\":\"").append(Long.toHexString(random.nextLong() | Long.MIN_VALUE));
            to.append("\",\"version\":3}");
        }
    };

    /** What both shapes have. */
    record Reading(String id, long millis, String temperature, int humidity, String status) {
        static Reading of(int number, int device, SplittableRandom random) {
            return new Reading(
                    "dev-" + device,
                    1_700_000_000_000L + number,
                    decimal(random, 100, 350, 10),
                    random.nextInt(20, 90),
                    random.nextInt(3) == 0 ? "off" : "ok");
        }
    }

    abstract void write(StringBuilder to, Reading reading, SplittableRandom random);

    /** Returns the name as it stands in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a number between two others, after it was divided; with the digits that are left. */
    private static String decimal(SplittableRandom random, int from, int to, int divisor) {
        return String.valueOf(random.nextInt(from, to) / (double) divisor);
    }
}
