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
    /** Returns the body of an answer that is welcome and not too long. */
    byte[] ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw new UnwelcomeStatus(request.uri(), response.statusCode());
        }
        if (response.body().length > mostBytes) {
            throw new IOException(request.uri() + " answered more than " + mostBytes
                    + " bytes; property 'maxBodySize' says how many are taken");
        }
        return response.body();
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        // an idle connection keeps who reads its answers, which must not keep the client: it would never end then
        int most = mostBytes;
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(most));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    request.uri() + " did not answer in full within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            // what the client throws does not say whom it asked, and sometimes nothing at all
            throw new IOException(request.uri() + " could not be asked: " + e.getCause(), e);
        } finally {
            answer.cancel(true);
        }
    }
}
