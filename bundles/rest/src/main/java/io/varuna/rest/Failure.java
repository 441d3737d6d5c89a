package io.varuna.rest;

import io.varuna.api.error.ErrorKind;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.StatementException;
import io.varuna.api.error.VarunaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error answer.
 *
 * @param status of HTTP
 * @param number of the error, as eKuiper has them
 * @param causes what was reported by what we called, the nearest first
 */
record Failure(int status, int number, String message, List<String> causes) {
    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    Failure {
        causes = List.copyOf(causes);
    }

    Failure(int status, int number, String message) {
        this(status, number, message, List.of());
    }

    /** Translates what a handler threw. What only we can repair is logged under an id that the answer names. */
    static Failure of(Exception thrown, String request) {
        if (thrown instanceof UnsupportedBodyException) {
            return new Failure(415, StandardError.INVALID_JSON.number(), message(thrown));
        }
        if (thrown instanceof VarunaException known && known.code().kind() != ErrorKind.INTERNAL) {
            return new Failure(status(known), known.code().number(), message(known), causes(known));
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Error {} while answering {}", id, request, thrown);
        return new Failure(
                500,
                StandardError.INTERNAL_ERROR.number(),
                "This is an error in Varuna itself. The log has the details under '" + id + "'.");
    }

    Map<String, Object> toJson() {
        return toJson(false);
    }

    /** Returns the answer; {@code verbose} adds the causes in their own words. */
    Map<String, Object> toJson(boolean verbose) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", number);
        json.put("message", message);
        if (verbose) {
            json.put("causes", causes);
        }
        return json;
    }

    private static List<String> causes(Throwable thrown) {
        return Stream.iterate(thrown.getCause(), Objects::nonNull, Throwable::getCause)
                .map(Failure::message)
                .toList();
    }

    private static int status(VarunaException failure) {
        if (failure.code() == StandardError.REQUEST_TOO_LARGE) {
            return 413;
        }
        // what a statement names and is not there is no resource that was asked for
        boolean absent = failure.code().number() == StandardError.RULE_NOT_FOUND.number();
        return absent && !(failure instanceof StatementException) ? 404 : 400;
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
