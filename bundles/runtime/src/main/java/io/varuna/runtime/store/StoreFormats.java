package io.varuna.runtime.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The forms in which values are kept. */
final class StoreFormats {
    static final Table.Format<StoredStream> STREAM = new Table.Format<>() {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(StoredStream value, DataOutputStream out) throws IOException {
            writeText(out, value.statement());
            writeBytes(out, value.definition());
        }

        @Override
        public StoredStream read(int version, DataInputStream in) throws IOException {
            return new StoredStream(readText(in), readBytes(in));
        }
    };

    static final Table.Format<StoredRule> RULE = new Table.Format<>() {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(StoredRule value, DataOutputStream out) throws IOException {
            writeText(out, value.document());
            writeBytes(out, value.plan());
            writeText(out, value.fingerprint());
        }

        @Override
        public StoredRule read(int version, DataInputStream in) throws IOException {
            return new StoredRule(readText(in), readBytes(in), readText(in));
        }
    };

    static final Table.Format<StoredProfile> PROFILE = new Table.Format<>() {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(StoredProfile value, DataOutputStream out) throws IOException {
            writeText(out, value.kind());
            writeText(out, value.type());
            writeText(out, value.name());
            writeText(out, value.plugin());
            writeText(out, value.properties());
        }

        @Override
        public StoredProfile read(int version, DataInputStream in) throws IOException {
            return new StoredProfile(readText(in), readText(in), readText(in), readText(in), readText(in));
        }
    };

    private StoreFormats() {}

    // not writeUTF, which ends at 64 KiB
    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("it ends too early");
        }
        return bytes;
    }
}
