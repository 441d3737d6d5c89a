package io.varuna.plugin.http;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.PollingSource;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceOutput;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one request again and again, and emits the bodies of the answers. */
final class Poller implements PollingSource {
    private final Caller caller;
    private final HttpRequest request;
    private final Duration interval;
    private final boolean incremental;
    private final SourceContext context;
    private byte @Nullable [] last;

    Poller(Caller caller, HttpRequest request, Duration interval, boolean incremental, SourceContext context) {
        this.caller = caller;
        this.request = request;
        this.interval = interval;
        this.incremental = incremental;
        this.context = context;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public boolean poll(Instant trigger, SourceOutput out) throws InterruptedException {
        byte[] body;
        try {
            body = caller.ask(request);
            context.status(ConnectionStatus.CONNECTED, null);
        } catch (IOException e) {
            // the next poll may find it again
            context.status(ConnectionStatus.DISCONNECTED, e.toString());
            out.reject(e, null);
            return true;
        }
        if (body.length > 0 && !isKnown(body)) {
            out.emit(ByteBuffer.wrap(body), Map.of(), null);
        }
        return true;
    }

    private boolean isKnown(byte[] body) {
        if (!incremental) {
            return false;
        }
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        boolean known = Arrays.equals(digest, last);
        last = digest;
        return known;
    }
}
