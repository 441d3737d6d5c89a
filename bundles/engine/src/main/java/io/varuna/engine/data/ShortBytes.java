package io.varuna.engine.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies bytes of which there are mostly few: for them the call of the JVM's copier takes longer than the copying. */
final class ShortBytes {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private ShortBytes() {}

    /** Copies bytes to a place behind which eight more may be written, whatever is there. */
    static void copy(byte[] from, int offset, byte[] to, int start, int length) {
        // no length below 0 is short: the copier refuses it
        boolean isShort = ((length - 1) & -Long.BYTES) == 0;
        if (isShort && offset <= from.length - Long.BYTES) {
            EIGHT_BYTES.set(to, start, (long) EIGHT_BYTES.get(from, offset));
        } else {
            System.arraycopy(from, offset, to, start, length);
        }
    }
}
