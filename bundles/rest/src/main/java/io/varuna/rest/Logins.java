package io.varuna.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks passwords sent with requests (HTTP Basic). Checking is costly by intent: one that was right is remembered in
 * scrambled form, one address gets few wrong ones a minute, and one is checked at a time. Thread-safe.
 */
final class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    private static final int REMEMBERED = 200;
    private static final int FAILURES_ALLOWED = 10;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Users users;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Boolean> right = Collections.synchronizedMap(new Recent<>());
    private final Map<String, Attempts> wrong = new Recent<>();

    Logins(Users users, Clock clock) {
        this.users = users;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** Returns why a request with this Authorization header is refused, or empty. */
    Optional<Failure> check(String address, @Nullable String authorization) {
        if (authorization == null) {
            return Optional.of(new Failure(401, 1001, "Name and password are needed (HTTP Basic)."));
        }
        String scrambled = scramble(authorization);
        if (right.get(scrambled) != null) {
            return Optional.empty();
        }
        Optional<Failure> failure = checkAnew(address, authorization);
        if (failure.isEmpty()) {
            right.put(scrambled, true);
        }
        return failure;
    }

    private synchronized Optional<Failure> checkAnew(String address, String authorization) {
        Instant now = clock.instant();
        Attempts attempts = wrong.get(address);
        if (attempts != null && attempts.since().plus(PAUSE).isBefore(now)) {
            attempts = null;
        }
        if (attempts != null && attempts.count() >= FAILURES_ALLOWED) {
            return Optional.of(new Failure(429, 1001, "Too many wrong passwords. Try again in a minute."));
        }
        if (isRight(authorization)) {
            return Optional.empty();
        }
        wrong.put(
                address,
                attempts == null ? new Attempts(1, now) : new Attempts(attempts.count() + 1, attempts.since()));
        LOG.warn("Wrong name or password from {}", address);
        return Optional.of(new Failure(401, 1001, "Name or password is wrong."));
    }

    private boolean isRight(String authorization) {
        String[] parts = authorization.strip().split(" +", 2);
        if (parts.length != 2 || !parts[0].toLowerCase(Locale.ROOT).equals("basic")) {
            return false;
        }
        String credentials;
        try {
            credentials = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        int colon = credentials.indexOf(':');
        return colon > 0
                && users.know(
                        credentials.substring(0, colon),
                        credentials.substring(colon + 1).toCharArray());
    }

    private String scramble(String authorization) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(authorization.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private record Attempts(int count, Instant since) {}

    /** Forgets what was not used for longest. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }
}
