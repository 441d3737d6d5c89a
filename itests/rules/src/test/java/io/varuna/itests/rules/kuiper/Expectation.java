package io.varuna.itests.rules.kuiper;

import io.varuna.api.data.DateTimePattern;
import io.varuna.api.error.VarunaException;
import io.varuna.testkit.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a case expects of one value. */
record Expectation(KuiperCase expect) {
    private static final Pattern PARSED = Pattern.compile("cast\\.ParseTime\\(\"(.*)\"\\)(#1|\\.Day\\(\\))");

    /** Tells whether an error is expected. */
    boolean error() {
        return expect.get("error") instanceof String
                || Boolean.TRUE.equals(expect.get("isError"))
                || Boolean.FALSE.equals(expect.get("ok"));
    }

    /** Compares a value that came, as JSON. */
    Outcome value(@Nullable Object actual) {
        String came = Json.write(actual);
        if (error()) {
            return Outcome.failed("expected an error but was " + came);
        }
        if (expect.has("value")) {
            Object wanted = expect.get("value");
            boolean unordered = Boolean.TRUE.equals(expect.get("unordered"));
            boolean same;
            if (unordered && wanted instanceof List<?> list && actual instanceof List<?> found) {
                same = Same.inAnyOrder(list, found);
            } else {
                same = Same.value(wanted, actual);
            }
            return Outcome.of(same, expect.json("value"), came);
        }
        if (expect.has("oneOf")) {
            boolean same = expect.list("oneOf").stream().anyMatch(wanted -> Same.value(wanted, actual));
            return Outcome.of(same, "one of " + expect.json("oneOf"), came);
        }
        for (Object check : expect.list("checks")) {
            Outcome outcome = check(KuiperCase.of(check), actual);
            if (outcome.verdict() != Verdict.PASSED) {
                return outcome;
            }
        }
        return Outcome.passed();
    }

    Outcome error(String message) {
        if (error()) {
            return Outcome.passed();
        }
        return Outcome.failed("expected " + Json.write(expect.members()) + " but was the error: " + message);
    }

    private static Outcome check(KuiperCase check, @Nullable Object actual) {
        Object wanted = check.get("value");
        Matcher parsed = PARSED.matcher(check.text("path"));
        if (parsed.matches() && actual instanceof String text) {
            Instant instant = parse(text, parsed.group(1));
            if (parsed.group(2).equals("#1")) {
                return Outcome.of(instant != null, "a text like " + parsed.group(1), text);
            }
            return Outcome.of(
                    instant != null
                            && Long.valueOf(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                                            .getDayOfMonth())
                                    .equals(wanted),
                    "day " + wanted,
                    text);
        }
        if (check.text("path").equals(".Milliseconds()") && actual instanceof Long nanos) {
            return Outcome.of(Long.valueOf(nanos / 1_000_000).equals(wanted), wanted + " ms", nanos + " ns");
        }
        if (check.text("path").equals(".Len()") && actual instanceof List<?> list) {
            return Outcome.of(
                    Long.valueOf(list.size()).equals(wanted), wanted + " elements", list.size() + " elements");
        }
        return Outcome.notApplicable("the check '" + check.text("path") + "' is code of eKuiper");
    }

    private static @Nullable Instant parse(String text, String pattern) {
        try {
            // in eKuiper's patterns a fraction brings its dot
            String own = pattern.replace(".S", "S");
            return DateTimePattern.of(own).parse(text, Clock.systemUTC()).toInstant();
        } catch (VarunaException e) {
            return null;
        }
    }
}
