package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishReaderTest {
    private static final int LARGEST = 100_000;

    /** Notes what is read and what goes on, in order. */
    private final List<String> seen = new ArrayList<>();

    private EmbeddedChannel channel(boolean version5) {
        return new EmbeddedChannel(
                new PublishReader(message -> seen.add(text(message)), version5, LARGEST), new ByteToMessageDecoder() {
                    @Override
                    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
                        if (in.readableBytes() >= 2 && in.readableBytes() >= size(in)) {
                            seen.add(ByteBufUtil.hexDump(in.readBytes(size(in))));
                        }
                    }
                });
    }

    private static String text(PublishReader message) {
        byte[] payload = new byte[message.length()];
        message.copyPayload(payload, 0);
        assertThat(message.hasTopic(message.topic().getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(message.hasTopic((message.topic() + "x").getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        return message.topic() + " " + message.qos() + " " + message.packetId() + " " + message.isRetained() + " "
                + new String(payload, StandardCharsets.UTF_8);
    }

    /** Returns how many bytes the packet at the beginning has. */
    private static int size(ByteBuf in) {
        int at = in.readerIndex();
        int first = in.getByte(at + 1);
        return first >= 0 ? 2 + first : 3 + (first & 0x7F) + (in.readableBytes() > 2 ? in.getByte(at + 2) << 7 : 0);
    }

    /** Writes pieces of bytes to the channel; whole packets that it hands on are noted as hexadecimal digits. */
    private static void receive(EmbeddedChannel channel, ByteBuf bytes, Random random) {
        while (bytes.isReadable()) {
            int length = Math.min(bytes.readableBytes(), 1 + random.nextInt(40));
            channel.writeInbound(bytes.readRetainedSlice(length));
        }
        bytes.release();
    }

    private static ByteBuf publish(String topic, int qos, int packetId, boolean retained, String payload) {
        return encoded(MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.valueOf(qos))
                .messageId(packetId)
                .retained(retained)
                .payload(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8))
                .build());
    }

    private static ByteBuf encoded(MqttMessage message) {
        EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
        encoder.writeOutbound(message);
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all;
    }

    @Test
    void readsMessagesHoweverTheyAreCutAndHandsOnTheRestInOrder() {
        long seed = Long.getLong("varuna.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        EmbeddedChannel channel = channel(false);
        ByteBuf bytes = Unpooled.buffer();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int qos = random.nextInt(3);
            int packetId = qos == 0 ? 0 : 1 + random.nextInt(65_535);
            boolean retained = random.nextBoolean();
            String topic = "töpic/" + random.nextInt(5);
            String payload = "x".repeat(random.nextInt(300));
            ByteBuf packet = publish(topic, qos, packetId, retained, payload);
            expected.add(
                    qos == 2
                            ? ByteBufUtil.hexDump(packet)
                            : topic + " " + qos + " " + packetId + " " + retained + " " + payload);
            bytes.writeBytes(packet);
            if (random.nextInt(10) == 0) {
                bytes.writeBytes(new byte[] {(byte) 0xD0, 0});
                expected.add("d000");
            }
        }
        receive(channel, bytes, random);
        assertThat(seen).isEqualTo(expected);
        channel.finish();
    }

    @Test
    void leavesMessagesWithPropertiesToTheDecoder() {
        EmbeddedChannel channel = channel(true);
        MqttProperties properties = new MqttProperties();
        properties.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS, 1));
        ByteBuf special = encoded(MqttMessageBuilders.publish()
                .topicName("a")
                .qos(MqttQoS.AT_MOST_ONCE)
                .properties(properties)
                .payload(Unpooled.copiedBuffer("1", StandardCharsets.UTF_8))
                .build());
        String hex = ByteBufUtil.hexDump(special);
        receive(channel, special, new Random(1));
        receive(channel, Unpooled.wrappedBuffer(new byte[] {0x30, 5, 0, 1, 'a', 0, '2'}), new Random(1));
        assertThat(seen).containsExactly(hex, "a 0 0 false 2");
    }

    @Test
    void leavesWhatIsMalformedToTheDecoder() {
        for (String packet : List.of("30050009616263", "320400016131", "3203000161", "3206000161000031")) {
            seen.clear();
            receive(channel(false), Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(packet)), new Random(1));
            assertThat(seen).containsExactly(packet);
        }
    }

    @Test
    void doesNotWaitForWhatIsTooLong() {
        List<ByteBuf> passed = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new PublishReader(message -> {}, false, LARGEST));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0}));
        // no PUBLISH, so that the decoder can refuse it at once
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'H', 'T', 'T'}));
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            passed.add(part);
        }
        assertThat(passed).extracting(ByteBuf::readableBytes).containsExactly(6, 3);
        passed.forEach(ByteBuf::release);
    }

    @Test
    void returnsTheBeginningOfAPacketWithTheConnection() {
        EmbeddedChannel channel = channel(false);
        ByteBuf part = Unpooled.copiedBuffer(new byte[] {0x30, 20, 0});
        channel.writeInbound(part);
        channel.finish();
        assertThat(part.refCnt()).isZero();
        assertThat(seen).isEmpty();
    }

    @Test
    void metadataAreTheUsualMap() {
        assertThat(new Metadata("a/b", 1, 7))
                .isEqualTo(Map.of("topic", "a/b", "qos", 1L, "messageId", 7L))
                .containsKey("qos")
                .doesNotContainKey("x");
    }
}
