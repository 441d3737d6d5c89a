package io.varuna.plugin.mqtt;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of a session that the broker has kept, for streams that are still to start. A broker sends them as soon as the
 * first stream has connected. Used on the event loop.
 */
final class Unclaimed {
    private static final Logger LOG = LoggerFactory.getLogger(Unclaimed.class);

    private static final long GRACE_SECONDS = 30;
    private static final int MOST = 4096;

    private final ClientOptions options;
    private final EventLoop loop;
    private final Runnable settled;
    private final Queue<Message> messages = new ArrayDeque<>();
    private @Nullable Future<?> end;

    /** Creates the collection; {@code settled} is run when messages have been given up. */
    Unclaimed(ClientOptions options, EventLoop loop, Runnable settled) {
        this.options = options;
        this.loop = loop;
        this.settled = settled;
    }

    private record Message(String topic, Inbound inbound) {}

    /** A session goes on; keeps what comes now for some time. */
    void expect() {
        if (options.isLasting()) {
            cancel();
            end = loop.schedule(this::giveUp, GRACE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Takes over a message that nobody has subscribed to, or returns false. */
    boolean keep(String topic, Inbound inbound) {
        if (end == null || messages.size() >= MOST) {
            return false;
        }
        messages.add(new Message(topic, inbound));
        return true;
    }

    /** Hands on what somebody has subscribed to by now. */
    void claim(Function<String, @Nullable Group> owner, BiConsumer<Group, Inbound> handOn) {
        for (Iterator<Message> i = messages.iterator(); i.hasNext(); ) {
            Message message = i.next();
            Group group = owner.apply(message.topic());
            if (group != null) {
                i.remove();
                handOn.accept(group, message.inbound());
            }
        }
    }

    private void giveUp() {
        end = null;
        if (!messages.isEmpty()) {
            LOG.warn(
                    "{} messages that broker '{}' has kept for client '{}' belong to no stream, the first to topic '{}'; "
                            + "they are dropped",
                    messages.size(),
                    options.address(),
                    options.clientId(),
                    messages.element().topic());
            messages.forEach(message -> message.inbound().to().become(Recipients.NOBODY));
            messages.clear();
            settled.run();
        }
    }

    /** Forgets everything: the broker will send it again. */
    void drop() {
        cancel();
        messages.clear();
    }

    private void cancel() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }
}
