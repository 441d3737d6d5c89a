package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a file, within a time and a size.
 *
 * @param limit of the whole fetch, redirects included
 * @param mostBytes of the file
 */
record Download(AddressPolicy policy, Duration limit, long mostBytes) {
    private static final int MOST_REDIRECTS = 5;
    private static final long MEGABYTE = 1024L * 1024;

    /** Fetches what is at an address into a file. */
    void fetch(String address, Path target) {
        URI uri = policy.check(address);
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            copy(uri, target);
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        URI current = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Path> response = request(current, target, deadline);
            if (!isRedirect(response.statusCode())) {
                checkStatus(current, response.statusCode());
                return;
            }
            current = next(current, response);
        }
        throw Rejection.download("'" + address + "' leads on more than " + MOST_REDIRECTS + " times", null);
    }

    private void copy(URI uri, Path target) {
        try {
            Path source = Path.of(uri);
            if (!Files.isRegularFile(source)) {
                throw Rejection.download("There is no file '" + source + "'", null);
            }
            try (InputStream in = Files.newInputStream(source)) {
                copy(uri.toString(), in, target, mostBytes);
            }
        } catch (IllegalArgumentException e) {
            throw Rejection.of("'" + uri + "' is not the address of a file of this machine", e);
        } catch (IOException e) {
            throw Rejection.download("The file '" + uri.getPath() + "' cannot be copied: " + e.getMessage(), e);
        }
    }

    /** Writes what comes to a file, but no more than allowed. */
    static void copy(String address, InputStream in, Path target, long mostBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[16 * 1024];
            long left = mostBytes;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw tooLarge(address, mostBytes);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private HttpResponse<Path> request(URI uri, Path target, long deadline) {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(limit).GET().build();
        CompletableFuture<HttpResponse<Path>> answer = client.sendAsync(request, info -> {
            if (info.statusCode() != 200) {
                return BodySubscribers.replacing(target);
            }
            return new LimitedFile(target, mostBytes);
        });
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw tooSlow(uri, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw Rejection.download("The download of '" + uri + "' was interrupted", e);
        } catch (ExecutionException e) {
            throw explain(uri, e.getCause() == null ? e : e.getCause());
        }
    }

    private RuntimeException explain(URI uri, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedFile.TooLargeException) {
                return tooLarge(uri.toString());
            }
            if (cause instanceof HttpTimeoutException) {
                return tooSlow(uri, failure);
            }
            if (cause instanceof ConnectException) {
                return Rejection.download(
                        "Nobody answers at '" + uri + "'. Check the address, and that the server runs", failure);
            }
        }
        return Rejection.download("The download of '" + uri + "' ended: " + failure.getMessage(), failure);
    }

    private RuntimeException tooSlow(URI uri, Throwable cause) {
        return Rejection.download("'" + uri + "' did not deliver within " + limit.toSeconds() + " seconds", cause);
    }

    private RuntimeException tooLarge(String address) {
        return tooLarge(address, mostBytes);
    }

    private static RuntimeException tooLarge(String address, long mostBytes) {
        String size = mostBytes < MEGABYTE ? mostBytes + " bytes" : mostBytes / MEGABYTE + " MB";
        return Rejection.of("'" + address + "' is larger than " + size + ", the most that it may have");
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static void checkStatus(URI uri, int status) {
        if (status != 200) {
            throw Rejection.download("'" + uri + "' answers with HTTP status " + status, null);
        }
    }

    private URI next(URI from, HttpResponse<?> response) {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> Rejection.download("'" + from + "' leads on, but does not say where to", null));
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw Rejection.download("'" + from + "' leads on to '" + location + "', which is not an address", e);
        }
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals(from.getScheme().toLowerCase(Locale.ROOT))) {
            throw Rejection.download(
                    "'" + from + "' leads on to '" + to + "'. A change from " + from.getScheme() + " to " + scheme
                            + " is not followed; give the final address",
                    null);
        }
        return policy.check(to.toString());
    }
}
