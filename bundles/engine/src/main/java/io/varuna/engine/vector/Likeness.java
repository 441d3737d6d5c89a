package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** LIKE with a constant pattern of which all wildcards are {@code %}: its parts are looked for among the bytes. */
final class Likeness extends ColumnExpression {
    private final ColumnExpression text;
    private final byte[][] parts;
    private final boolean positive;
    private final boolean twoValued;

    Likeness(ColumnExpression text, String pattern, boolean positive, boolean twoValued) {
        this.text = text;
        this.parts = parts(pattern);
        this.positive = positive;
        this.twoValued = twoValued;
    }

    static boolean takes(String pattern) {
        return pattern.indexOf('_') < 0;
    }

    /** Splits a pattern: the first part is where a text begins, the last one where it ends. */
    private static byte[][] parts(String pattern) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int wildcard = pattern.indexOf('%'); wildcard >= 0; wildcard = pattern.indexOf('%', from)) {
            parts.add(pattern.substring(from, wildcard).getBytes(StandardCharsets.UTF_8));
            from = wildcard + 1;
        }
        parts.add(pattern.substring(from).getBytes(StandardCharsets.UTF_8));
        return parts.toArray(byte[][]::new);
    }

    @Override
    ColumnVector values(ColumnBatch batch, int[] places, int count) {
        ColumnVector values = text.values(batch, places, count);
        ColumnVector result = batch.scratch().vector(batch.rows());
        for (int i = 0; i < count; i++) {
            int row = places[i];
            byte tag = values.tag(row);
            if (tag == ColumnVector.TEXT) {
                int from = values.textOffset(row);
                result.putBoolean(row, matches(values.text(), from, from + values.textLength(row)) == positive);
            } else if (!isNull(tag)) {
                result.putUndecided(row);
            } else if (twoValued) {
                result.putBoolean(row, false);
            } else {
                result.putNull(row);
            }
        }
        return result;
    }

    private boolean matches(byte[] bytes, int from, int to) {
        byte[] first = parts[0];
        byte[] last = parts[parts.length - 1];
        if (parts.length == 1) {
            return to - from == first.length && isAt(first, bytes, from);
        }
        if (to - from < first.length + last.length
                || !isAt(first, bytes, from)
                || !isAt(last, bytes, to - last.length)) {
            return false;
        }
        int at = from + first.length;
        int end = to - last.length;
        for (int i = 1; i < parts.length - 1; i++) {
            while (at + parts[i].length <= end && !isAt(parts[i], bytes, at)) {
                at++;
            }
            if (at + parts[i].length > end) {
                return false;
            }
            at += parts[i].length;
        }
        return true;
    }

    private static boolean isAt(byte[] part, byte[] bytes, int at) {
        return Arrays.equals(part, 0, part.length, bytes, at, at + part.length);
    }
}
