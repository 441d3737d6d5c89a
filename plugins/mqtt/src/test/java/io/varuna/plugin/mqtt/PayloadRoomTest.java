package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadRoomTest {
    private static final int HALF = PayloadRoom.SIZE / 2;

    private final PayloadRoom room = new PayloadRoom();

    private PayloadRoom.Shelf fill() {
        assertThat(room.take(HALF)).isZero();
        PayloadRoom.Shelf shelf = room.shelf();
        assertThat(room.take(HALF)).isEqualTo(HALF);
        assertThat(room.shelf()).isSameAs(shelf);
        return shelf;
    }

    @Test
    void arrayIsUsedAgainWhenAllReadersAreDone() {
        PayloadRoom.Shelf first = fill();
        first.retain(2);
        PayloadRoom.Shelf second = fill();
        assertThat(second.bytes()).isNotSameAs(first.bytes());
        first.release();
        PayloadRoom.Shelf third = fill();
        assertThat(third.bytes()).as("the second, which nobody reads").isNotSameAs(first.bytes());
        first.release();
        fill();
        assertThat(List.of(fill().bytes(), fill().bytes())).anyMatch(bytes -> bytes == first.bytes());
    }

    @Test
    void arrayIsNotUsedAgainAsLongAsSomebodyReadsIt() {
        PayloadRoom.Shelf read = fill();
        read.retain(1);
        for (int i = 0; i < 20; i++) {
            assertThat(fill().bytes()).isNotSameAs(read.bytes());
        }
    }

    @Test
    void largePayloadHasAnArrayOfItsOwn() {
        fill();
        assertThat(room.take(PayloadRoom.SIZE + 1)).isZero();
        PayloadRoom.Shelf large = room.shelf();
        assertThat(large.bytes()).hasSize(PayloadRoom.SIZE + 1);
        assertThat(fill().bytes()).hasSize(PayloadRoom.SIZE);
    }

    @Test
    void keepsFewArraysOnly() {
        List<PayloadRoom.Shelf> shelves = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            PayloadRoom.Shelf shelf = fill();
            shelf.retain(1);
            shelves.add(shelf);
        }
        shelves.forEach(PayloadRoom.Shelf::release);
        List<byte[]> old = shelves.stream().map(PayloadRoom.Shelf::bytes).toList();
        int again = 0;
        for (int i = 0; i < 40; i++) {
            PayloadRoom.Shelf shelf = fill();
            shelf.retain(1);
            again += old.stream().anyMatch(bytes -> bytes == shelf.bytes()) ? 1 : 0;
        }
        assertThat(again).isBetween(1, 10);
    }
}
