package io.varuna.plugin.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks servers. The client's own time-out ends with the first line of an answer, so a server that stops within it would keep
 * a rule for ever; here it counts for the whole of it.
 *
 * @param mostBytes of an answer; one that has more is cut one byte after them
 */
record Caller(HttpClient client, Duration timeout, int mostBytes) {
    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(mostBytes));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    request.uri() + " did not answer in full within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(request.uri() + " could not be asked: " + e.getCause(), e);
        } finally {
            answer.cancel(true);
        }
    }
}
