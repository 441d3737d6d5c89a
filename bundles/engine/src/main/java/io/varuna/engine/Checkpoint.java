package io.varuna.engine;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule has to know to go on where it was.
 *
 * @param once whether it is for the next start only, and for no other
 * @param positions where to read on from, by stream
 */
record Checkpoint(long id, boolean once, Map<String, List<Position>> positions, StateInput state) {
    private static final int VERSION = 2;

    static byte[] write(long id, boolean once, Map<String, Collection<Position>> positions, byte[] state) {
        StateOutput out = new StateOutput();
        out.putLong(VERSION).putLong(id).putLong(once ? 1 : 0).putLong(positions.size());
        positions.forEach((stream, partitions) -> {
            out.putText(stream).putLong(partitions.size());
            partitions.forEach(position -> out.putText(position.partition()).putText(position.offset()));
        });
        return out.putBytes(state).toBytes();
    }

    /** Returns what {@code bytes} have, but other positions of one stream. */
    static byte[] moved(byte[] bytes, String stream, List<Position> positions) {
        Checkpoint former = read(bytes);
        Map<String, Collection<Position>> moved = new LinkedHashMap<>(former.positions());
        moved.put(stream, positions);
        return write(former.id(), former.once(), moved, former.state().remaining());
    }

    static Checkpoint read(byte[] bytes) {
        StateInput in = new StateInput(bytes);
        long version = in.getLong();
        if (version != VERSION) {
            throw new VarunaException(
                    StandardError.STATE_INCOMPATIBLE, "The saved state has version " + version + ", not " + VERSION);
        }
        long id = in.getLong();
        boolean once = in.getLong() == 1;
        Map<String, List<Position>> positions = new LinkedHashMap<>();
        for (int streams = in.getCount(); streams > 0; streams--) {
            String stream = in.getText();
            List<Position> partitions = new ArrayList<>();
            for (int left = in.getCount(); left > 0; left--) {
                partitions.add(new Position(in.getText(), in.getText()));
            }
            positions.put(stream, partitions);
        }
        return new Checkpoint(id, once, positions, new StateInput(in.getBytes()));
    }
}
