package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password as it is kept: PBKDF2 with HMAC-SHA-256, written {@code $pbkdf2-sha256$i=600000$salt$hash}. Immutable. */
final class PasswordHash {
    private static final Pattern TEXT =
            Pattern.compile("\\$pbkdf2-sha256\\$i=([1-9][0-9]{3,7})\\$([A-Za-z0-9+/]{16,})\\$([A-Za-z0-9+/]{43})");

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "A password hash in 'users' of the configuration 'io.varuna.rest' is not of the form"
                            + " '$pbkdf2-sha256$i=600000$salt$hash'. The shell's varuna:hash-password makes one.");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        try {
            return new PasswordHash(
                    Integer.parseInt(matcher.group(1)),
                    decoder.decode(matcher.group(2)),
                    decoder.decode(matcher.group(3)));
        } catch (IllegalArgumentException e) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "A password hash in 'users' of the configuration 'io.varuna.rest' is not Base64.",
                    e);
        }
    }

    /** Tells whether a password is the one; takes a good part of a second by intent, whatever the answer. */
    boolean matches(char[] password) {
        try {
            byte[] computed = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password, salt, iterations, hash.length * 8))
                    .getEncoded();
            return MessageDigest.isEqual(computed, hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }
}
