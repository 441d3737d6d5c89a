package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may use the interface. Immutable. */
final class Users {
    private final Map<String, PasswordHash> hashes;

    private Users(Map<String, PasswordHash> hashes) {
        this.hashes = Map.copyOf(hashes);
    }

    /** Reads {@code name:hash} texts. */
    static Users of(String... texts) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        for (String entry : Entries.of(texts)) {
            int colon = entry.indexOf(':');
            if (colon < 1) {
                throw invalid("'users' of the configuration 'io.varuna.rest' must hold texts of the form 'name:hash'.");
            }
            String name = entry.substring(0, colon);
            if (hashes.put(name, PasswordHash.parse(entry.substring(colon + 1))) != null) {
                throw invalid("The user '" + name + "' is there twice in the configuration 'io.varuna.rest'.");
            }
        }
        return new Users(hashes);
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** Tells whether there is such a user with this password; takes the same time if there is no such user. */
    boolean know(String name, char[] password) {
        PasswordHash hash = hashes.get(name);
        if (hash == null) {
            hashes.values().stream().findFirst().ifPresent(other -> other.matches(password));
            return false;
        }
        return hash.matches(password);
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_PROPERTY, message);
    }
}
