package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private record Message(int qos, int packetId, Recipients to, AtomicBoolean safe) {
        String acknowledgement() {
            return (qos == 1 ? "4002" : "5002") + String.format("%04x", packetId);
        }
    }

    private static String acknowledged(Receipts receipts) {
        int count = receipts.settled();
        ByteBuf out = Unpooled.buffer();
        receipts.acknowledge(count, out);
        assertThat(out.readableBytes()).isEqualTo(count * Packets.ACKNOWLEDGEMENT_LENGTH);
        return ByteBufUtil.hexDump(out);
    }

    /** Compares with a queue of objects, whatever comes in which order. */
    @Test
    void acknowledgeInOrderUpToTheFirstThatIsNotSafe() {
        Random random = new Random(Long.getLong("varuna.seed", 1));
        Receipts receipts = new Receipts();
        Deque<Message> model = new ArrayDeque<>();
        List<Message> unsafe = new ArrayList<>();
        int packetId = 0;
        int most = 0;
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(1_000);
            // more come than go at first, so that the ring grows
            if (choice < (step < 10_000 ? 550 : 450)) {
                packetId = packetId % 65_535 + 1;
                Message message =
                        new Message(1 + random.nextInt(2), packetId, Recipients.unknown(), new AtomicBoolean());
                receipts.add(message.qos, packetId, message.to);
                receipts.release(packetId);
                model.add(message);
                unsafe.add(message);
            } else if (choice < 995 && !unsafe.isEmpty()) {
                Message message = unsafe.remove(random.nextInt(Math.min(8, unsafe.size())));
                message.to.become(Recipients.NOBODY);
                message.safe.set(true);
            } else if (choice == 999 && step > 10_000) {
                receipts.clear();
                model.clear();
                unsafe.clear();
            }
            most = Math.max(most, model.size());
            StringBuilder expected = new StringBuilder();
            while (!model.isEmpty() && model.element().safe.get()) {
                expected.append(model.remove().acknowledgement());
            }
            assertThat(acknowledged(receipts)).isEqualTo(expected.toString());
        }
        assertThat(most).isGreaterThan(500);
    }

    @Test
    void messageOfQosTwoIsKnownUntilItIsReleasedOrTheSessionEnds() {
        Receipts receipts = new Receipts();
        receipts.add(2, 5, Recipients.NOBODY);
        assertThat(acknowledged(receipts)).isEqualTo("50020005");
        receipts.clear();
        assertThat(receipts.addAgain(5)).isTrue();
        assertThat(acknowledged(receipts)).isEqualTo("50020005");
        receipts.release(5);
        assertThat(receipts.addAgain(5)).isFalse();

        receipts.add(2, 6, Recipients.NOBODY);
        receipts.forgetSession();
        assertThat(receipts.addAgain(6)).isFalse();
        assertThat(receipts.settled()).isZero();
    }
}
