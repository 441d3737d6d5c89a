package io.varuna.plugin.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Greets the broker over one TCP connection, keeps the connection alive, and notices when it breaks. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what cannot be written ends the connection, which channelInactive reports
final class Conversation extends ChannelInboundHandlerAdapter implements PublishReader.Listener {
    private static final int GREETING_TIMEOUT_MILLIS = 10_000;

    private final Link link;
    private final ClientOptions options;
    private final String clientId;
    private @Nullable Future<?> timer;
    private @Nullable String reason;
    private boolean greeted;
    private boolean heard;
    private boolean pinged;

    Conversation(Link link, ClientOptions options, String clientId) {
        this.link = link;
        this.options = options;
        this.clientId = clientId;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Packets.connect(options, clientId, !options.session()));
        timer = context.executor()
                .schedule(
                        () -> end(context, "no answer within " + GREETING_TIMEOUT_MILLIS / 1000 + " s"),
                        GREETING_TIMEOUT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        heard = true;
        MqttMessage message = (MqttMessage) read;
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            end(
                    context,
                    "a packet cannot be read: " + words(message.decoderResult().cause()));
            return;
        }
        switch (message.fixedHeader().messageType()) {
            case CONNACK -> greeted(context, (MqttConnAckMessage) message);
            case PINGRESP -> pinged = false;
            case DISCONNECT -> end(context, farewell(message));
            case AUTH -> end(context, "it asks for an exchange of credentials that we do not know");
            default -> link.received(message);
        }
    }

    @Override
    public void published(PublishReader message) {
        heard = true;
        link.published(message);
    }

    private void greeted(ChannelHandlerContext context, MqttConnAckMessage message) {
        MqttConnectReturnCode code = message.variableHeader().connectReturnCode();
        if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            end(context, "connection refused: " + Reasons.of(code));
            return;
        }
        if (greeted) {
            end(context, "it accepted the connection twice");
            return;
        }
        greeted = true;
        cancelTimer();
        Greeting greeting = Greeting.of(message.variableHeader(), options.isVersion5());
        int keepAlive = greeting.keepAlive() < 0 ? options.keepAlive() : greeting.keepAlive();
        if (keepAlive > 0) {
            long period = Math.max(500, keepAlive * 500L);
            timer = context.executor()
                    .scheduleAtFixedRate(() -> keepAlive(context, period), period, period, TimeUnit.MILLISECONDS);
        }
        link.welcomed(greeting);
    }

    /** Pings after half of the time agreed; a whole one without any sign of life is the end. */
    private void keepAlive(ChannelHandlerContext context, long period) {
        if (pinged && !heard && link.isReading()) {
            end(context, "no sign of life for " + period * 2 + " ms");
            return;
        }
        heard = false;
        // what a silent broker has said cannot be heard while we do not read
        pinged = link.isReading();
        context.writeAndFlush(Packets.PING);
    }

    private static String farewell(MqttMessage message) {
        return message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                        && header.reasonCode() != 0
                ? "it ended the connection: " + Reasons.of(header.reasonCode() & 0xFF)
                : "it ended the connection";
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        link.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        link.writabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, words(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelTimer();
        if (reason != null) {
            link.lost(reason);
        } else if (greeted) {
            link.lost("it closed the connection");
        } else {
            link.lost("it closed the connection without a word; check the port and whether it wants TLS");
        }
    }

    private void end(ChannelHandlerContext context, String reason) {
        if (this.reason == null) {
            this.reason = reason;
        }
        context.close();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Returns what went wrong, without the layers around it. */
    static String words(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof DecoderException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof ConnectTimeoutException) {
            return "no connection within the time limit";
        }
        if (cause instanceof SSLException) {
            return "TLS: " + text + "; check properties 'rootCaPath', 'certificationPath' and the name of the host";
        }
        return text;
    }
}
