package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fetches documents that requests name by their address. Thread-safe. */
final class Documents {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int limit;

    Documents(int limit) {
        this.limit = limit;
    }

    /** Returns the text at a file, http or https address; fails with DOWNLOAD_FAILED or INVALID_PROPERTY. */
    String fetch(String address) throws InterruptedException {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY, "'" + address + "' is not an address: " + e.getMessage() + ".", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        try {
            return switch (scheme) {
                case "file" -> read(address, Files.newInputStream(path(uri)));
                case "http", "https" -> download(uri);
                default -> throw new VarunaException(
                        StandardError.INVALID_PROPERTY, "'" + address + "' must begin with file, http or https.");
            };
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw unavailable(address, reason, e);
        }
    }

    private static Path path(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new VarunaException(
                    StandardError.INVALID_PROPERTY,
                    "'" + uri + "' is not the address of a file: " + e.getMessage() + ". Write 'file:///path/of/it'.",
                    e);
        }
    }

    private String download(URI uri) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw unavailable(uri.toString(), "the server answers " + response.statusCode(), null);
        }
        return read(uri.toString(), response.body());
    }

    private String read(String address, InputStream stream) throws IOException {
        try (InputStream in = stream) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new VarunaException(
                        StandardError.REQUEST_TOO_LARGE,
                        "The document at '" + address + "' is larger than " + limit + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static VarunaException unavailable(String address, String reason, @Nullable Throwable cause) {
        return new VarunaException(
                StandardError.DOWNLOAD_FAILED,
                "The document at '" + address + "' could not be read: " + reason + ".",
                cause);
    }
}
