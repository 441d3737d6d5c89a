package io.varuna.pluginmanager;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a body to a file, but not more of it than allowed. */
final class LimitedFile implements BodySubscriber<Path> {
    /** Says that the body is larger than allowed. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final BodySubscriber<Path> file;
    private Flow.@Nullable Subscription subscription;
    private long left;

    LimitedFile(Path path, long mostBytes) {
        this.file = BodySubscribers.ofFile(path);
        this.left = mostBytes;
    }

    @Override
    public CompletionStage<Path> getBody() {
        return file.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        file.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (left < 0) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
        }
        if (left >= 0) {
            file.onNext(buffers);
            return;
        }
        if (subscription != null) {
            subscription.cancel();
        }
        file.onError(new TooLargeException());
    }

    @Override
    public void onError(Throwable failure) {
        file.onError(failure);
    }

    @Override
    public void onComplete() {
        if (left >= 0) {
            file.onComplete();
        }
    }
}
