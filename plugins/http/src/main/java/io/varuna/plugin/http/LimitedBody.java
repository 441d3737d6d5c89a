package io.varuna.plugin.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body, cut one byte after the most that is asked for, so that whoever asks sees that there was more. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> taken = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;
    private int left;

    LimitedBody(int most) {
        this.left = most + 1;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return taken;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(left, buffer.remaining())];
            buffer.get(part);
            bytes.write(part, 0, part.length);
            left -= part.length;
        }
        if (left == 0 && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        taken.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        taken.complete(bytes.toByteArray());
    }
}
