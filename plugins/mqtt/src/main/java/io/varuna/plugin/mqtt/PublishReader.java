package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads most messages right from the bytes, without objects for their parts; messages of QoS 2, those with properties, whatever
 * is malformed and all other packets go on to Netty's decoder. One for each connection; on its event loop.
 */
final class PublishReader extends ChannelInboundHandlerAdapter {
    private static final int PUBLISH = 0x30;
    private static final int TYPE = 0xF0;
    private static final int RETAIN = 0x01;
    private static final int MOST_LENGTH_BYTES = 4;

    /** Gets the messages. */
    interface Listener {
        /** There is a message, which {@code message} shows during the call. */
        void published(PublishReader message);
    }

    private final Listener listener;
    private final boolean version5;
    private final int largest;
    /** The beginning of a packet whose end has not come. */
    private @Nullable ByteBuf rest;

    /** How much of a packet that goes on has still to come. */
    private int passing;

    /** What is read, of which the packet is a part. */
    private byte[] bytes = {};

    private int qos;
    private boolean retained;
    private int packetId;
    private int topicStart;
    private int topicLength;
    private int payloadStart;
    private int payloadLength;

    PublishReader(Listener listener, boolean version5, int largest) {
        this.listener = listener;
        this.version5 = version5;
        this.largest = largest;
    }

    int qos() {
        return qos;
    }

    boolean isRetained() {
        return retained;
    }

    int packetId() {
        return packetId;
    }

    int length() {
        return payloadLength;
    }

    void copyPayload(byte[] to, int offset) {
        System.arraycopy(bytes, payloadStart, to, offset, payloadLength);
    }

    /** Tells whether the topic is this one, as UTF-8. */
    boolean hasTopic(byte[] topic) {
        return Arrays.equals(topic, 0, topic.length, bytes, topicStart, topicStart + topicLength);
    }

    String topic() {
        return new String(bytes, topicStart, topicLength, StandardCharsets.UTF_8);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf in = (ByteBuf) read;
        ByteBuf before = rest;
        if (before != null) {
            rest = null;
            if (before.refCnt() == 1) {
                // or it would grow as long as packets do not end where reads do
                before.discardReadBytes();
            }
            in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), before, in);
        }
        in = onHeap(context, in);
        bytes = in.array();
        while (in.isReadable() && readPacket(context, in)) {
            // until a packet is not complete
        }
        if (in.isReadable()) {
            rest = in;
        } else {
            in.release();
        }
    }

    private static ByteBuf onHeap(ChannelHandlerContext context, ByteBuf in) {
        if (in.hasArray()) {
            return in;
        }
        ByteBuf copy = context.alloc().heapBuffer(in.readableBytes()).writeBytes(in);
        in.release();
        return copy;
    }

    /** Reads one packet; false if its end has not come. */
    private boolean readPacket(ChannelHandlerContext context, ByteBuf in) {
        if (passing > 0) {
            return passOn(context, in, passing);
        }
        int start = in.arrayOffset() + in.readerIndex();
        int end = start + in.readableBytes();
        int at = start + 1;
        int length = 0;
        boolean more = true;
        for (int i = 0; more; i++) {
            if (i == MOST_LENGTH_BYTES) {
                return passOn(context, in, in.readableBytes());
            }
            if (at == end) {
                return false;
            }
            byte part = bytes[at++];
            length |= (part & 0x7F) << (7 * i);
            more = part < 0;
        }
        if (length > largest) {
            return passOn(context, in, in.readableBytes());
        }
        if ((bytes[start] & TYPE) != PUBLISH) {
            return passOn(context, in, at + length - start);
        }
        if (end - at < length) {
            return false;
        }
        if (isPlain(start, at, at + length)) {
            listener.published(this);
            in.skipBytes(at + length - start);
            return true;
        }
        return passOn(context, in, at + length - start);
    }

    /** Hands on so many bytes, as far as they have come; the others follow. */
    private boolean passOn(ChannelHandlerContext context, ByteBuf in, int length) {
        int there = Math.min(length, in.readableBytes());
        passing = length - there;
        context.fireChannelRead(in.readRetainedSlice(there));
        return true;
    }

    /** Tells whether a message can be read here, and notes where its parts are. */
    private boolean isPlain(int start, int body, int end) {
        int header = bytes[start];
        qos = (header >> 1) & 3;
        if (qos > 1 || end - body < 2) {
            return false;
        }
        retained = (header & RETAIN) != 0;
        topicLength = number(body);
        topicStart = body + 2;
        int at = topicStart + topicLength;
        packetId = 0;
        if (qos > 0) {
            if (end - at < 2) {
                return false;
            }
            packetId = number(at);
            at += 2;
        }
        if (version5) {
            if (at >= end || bytes[at] != 0) {
                return false;
            }
            at++;
        }
        payloadStart = at;
        payloadLength = end - at;
        return at <= end && topicLength > 0 && (qos == 0 || packetId > 0);
    }

    private int number(int at) {
        return (bytes[at] & 0xFF) << Byte.SIZE | (bytes[at + 1] & 0xFF);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf left = rest;
        if (left != null) {
            rest = null;
            left.release();
        }
    }
}
