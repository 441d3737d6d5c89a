package io.varuna.plugin.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MembersTest {
    private final Payload payload = new Payload();
    private final TextScanner text = new TextScanner(payload);
    private final Members members = Members.skipped(new Vocabulary());

    @Test
    void namesAreRememberedWhereverTheyStand() {
        Member first = find("first", members.start());
        Member second = find("second", first);
        assertThat(find("second", members.start())).isSameAs(second);
        assertThat(find("third", first).name()).isEqualTo("third");
        assertThat(find("second", first)).isSameAs(second);
    }

    @Test
    void neitherLongNamesNorTooManyAreRemembered() {
        String longName = "n".repeat(Literal.LONGEST + 1);
        assertThat(find(longName, members.start())).isNotSameAs(find(longName, members.start()));
        Member early = find("early", members.start());
        for (int i = 0; i < 10_000; i++) {
            assertThat(find("name" + i, early).name()).isEqualTo("name" + i);
        }
        assertThat(find("late", early)).isNotSameAs(find("late", early));
        assertThat(find("early", members.start())).isSameAs(early);
    }

    private Member find(String name, Member previous) {
        payload.load(ByteBuffer.wrap(("\"" + name + "\":1").getBytes(StandardCharsets.UTF_8)));
        Member member = members.next(payload, text, 0, previous);
        assertThat(payload.bytes[members.valueAt()]).isEqualTo((byte) '1');
        return member;
    }
}
