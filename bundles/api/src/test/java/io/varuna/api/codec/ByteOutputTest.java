package io.varuna.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteOutputTest {
    private final ByteOutput out = new ByteOutput(2);

    @Test
    void growsWithWhatIsWritten() {
        out.write('a');
        out.write(bytes("bcdef"));
        out.write(bytes("-gh-"), 1, 2);
        assertThat(out.toByteArray()).isEqualTo(bytes("abcdefgh"));
    }

    @Test
    void takesWhatIsPutIntoReservedRoom() {
        out.write('a');
        byte[] room = out.reserve(3);
        assertThat(room).isSameAs(out.array()).hasSizeGreaterThanOrEqualTo(4);
        System.arraycopy(bytes("bcd"), 0, room, out.size(), 3);
        out.size(out.size() + 3);
        assertThat(out.toByteArray()).isEqualTo(bytes("abcd"));
    }

    @Test
    void keepsItsArrayWhenItIsUsedAgain() {
        out.write(bytes("abcdef"));
        byte[] array = out.array();
        out.size(0);
        out.write(bytes("xyz"));
        assertThat(out.array()).isSameAs(array);
        assertThat(out.toByteArray()).isEqualTo(bytes("xyz"));
    }

    @Test
    void refusesASizeBeyondItsArray() {
        assertThatThrownBy(() -> out.size(3)).hasMessage("3 bytes in an array of 2");
        assertThatThrownBy(() -> out.size(-1)).hasMessage("-1 bytes in an array of 2");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
