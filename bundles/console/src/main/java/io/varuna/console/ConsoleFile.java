package io.varuna.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the console. Immutable. */
final class ConsoleFile {
    /** Has no slash and one dot, so that no name leads out of the directory. */
    private static final Pattern NAME = Pattern.compile("[a-z-]+\\.([a-z]+)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final int TAG_LENGTH = 20;

    private final byte[] content;
    private final String type;
    private final String tag;

    private ConsoleFile(byte[] content, String type) {
        this.content = content;
        this.type = type;
        this.tag = tag(content);
    }

    /** Reads a file from the bundle; empty if there is none of this name. */
    static Optional<ConsoleFile> read(String name) throws IOException {
        Matcher matcher = NAME.matcher(name);
        String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = ConsoleFile.class.getResourceAsStream("www/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of(new ConsoleFile(in.readAllBytes(), type));
        }
    }

    /** Returns what the header Content-Type says. */
    String type() {
        return type;
    }

    /** Returns what differs where the content differs, and only there. */
    String tag() {
        return tag;
    }

    int length() {
        return content.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    private static String tag(byte[] content) {
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return '"' + hash.substring(0, TAG_LENGTH) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
