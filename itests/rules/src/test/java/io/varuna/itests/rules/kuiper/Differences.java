package io.varuna.itests.rules.kuiper;

import io.varuna.testkit.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of cases in which Varuna does something else on purpose, as a resource lists them. */
final class Differences {
    private static final String RESOURCE = "/kuiper-differences.json";

    private final List<Kind> kinds;

    /**
     * A kind of cases.
     *
     * @param difference the row of the table of differences
     * @param match patterns that members of the case have, as JSON; {@code actual} is that of what came
     */
    record Kind(String difference, Map<String, Pattern> match) {
        boolean matches(KuiperCase one, String detail) {
            return match.entrySet().stream().allMatch(entry -> entry.getValue()
                    .matcher(entry.getKey().equals("actual") ? detail : text(one, entry.getKey()))
                    .find());
        }

        private static String text(KuiperCase one, String member) {
            return one.get(member) instanceof String text ? text : one.json(member);
        }
    }

    private Differences(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    static Differences read() throws IOException {
        try (InputStream in = Differences.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("There is no resource " + RESOURCE);
            }
            List<Kind> kinds = new ArrayList<>();
            Object read = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            for (Object entry : read instanceof List<?> list ? list : List.of()) {
                KuiperCase kind = KuiperCase.of(entry);
                Map<String, Pattern> match = new LinkedHashMap<>();
                kind.part("match")
                        .members()
                        .forEach((member, pattern) -> match.put(
                                String.valueOf(member), Pattern.compile(String.valueOf(pattern), Pattern.DOTALL)));
                kinds.add(new Kind(kind.text("difference"), match));
            }
            return new Differences(kinds);
        }
    }

    List<Kind> kinds() {
        return kinds;
    }

    /** Returns the kind that a case belongs to which came out otherwise. */
    Optional<Kind> of(KuiperCase one, String detail) {
        return kinds.stream().filter(kind -> kind.matches(one, detail)).findFirst();
    }
}
