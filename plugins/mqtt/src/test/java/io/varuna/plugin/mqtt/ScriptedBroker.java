package io.varuna.plugin.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The other end of a connection, for one client at a time: says what a test tells it to, byte by byte. */
final class ScriptedBroker implements AutoCloseable {
    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBSCRIBE = 8;
    static final int UNSUBSCRIBE = 10;
    static final int PINGREQ = 12;
    static final int DISCONNECT = 14;

    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket server;
    private Socket socket = new Socket();

    ScriptedBroker() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    /** A packet of the client. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packet(int header, byte[] body) {
        int type() {
            return header >> 4;
        }

        int qos() {
            return (header >> 1) & 3;
        }

        /** Returns the packet id of all packets that begin with it. */
        int packetId() {
            return number(0);
        }

        int number(int at) {
            return (body[at] & 0xFF) << 8 | (body[at + 1] & 0xFF);
        }

        /** Returns the packet id of a PUBLISH, which comes after its topic. */
        int publishedId() {
            return number(2 + number(0));
        }

        @Override
        public String toString() {
            return "packet of type " + type() + " with " + body.length + " bytes";
        }
    }

    Map<String, Object> properties(Map<String, ?> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("server", "tcp://127.0.0.1:" + server.getLocalPort());
        return properties;
    }

    /** Waits for a client, and lets it in. */
    void welcome(boolean sessionPresent) throws IOException {
        expectConnect();
        send(0x20, sessionPresent ? 1 : 0, 0);
    }

    /** Waits for a client of MQTT 5, and lets it in on these conditions. */
    void welcomeVersion5(int... properties) throws IOException {
        expectConnect();
        int[] content = new int[properties.length + 3];
        content[2] = properties.length;
        System.arraycopy(properties, 0, content, 3, properties.length);
        send(0x20, content);
    }

    void expectConnect() throws IOException {
        socket.close();
        socket = server.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        expect(CONNECT);
    }

    /** Reads the next packet, which must be of this type; pings are left out. */
    Packet expect(int type) throws IOException {
        Packet packet = read();
        while (packet.type() == PINGREQ && type != PINGREQ) {
            packet = read();
        }
        if (packet.type() != type) {
            throw new AssertionError("Expected a packet of type " + type + ", but came a " + packet);
        }
        return packet;
    }

    /** Agrees to a subscription. */
    void agree(int qos) throws IOException {
        Packet subscribe = expect(SUBSCRIBE);
        send(0x90, subscribe.packetId() >> 8, subscribe.packetId() & 0xFF, qos);
    }

    private Packet read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int header = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while (digit >= 0x80);
        byte[] body = new byte[length];
        in.readFully(body);
        return new Packet(header, body);
    }

    /** Tells whether the client has nothing to say for some time. */
    boolean isSilent() throws IOException {
        socket.setSoTimeout(150);
        try {
            Packet packet = read();
            throw new AssertionError("Expected silence, but came a " + packet);
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Tells whether nobody else wants to come in for some time. */
    boolean isLeftAlone() throws IOException {
        server.setSoTimeout(150);
        try (Socket another = server.accept()) {
            throw new AssertionError("Expected nobody, but came " + another);
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            server.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    void publish(String topic, int qos, int packetId, boolean again, String payload) throws IOException {
        publish(0x30 | (again ? 8 : 0) | qos << 1, topic, packetId, payload);
    }

    void publishRetained(String topic, int qos, int packetId, String payload) throws IOException {
        publish(0x31 | qos << 1, topic, packetId, payload);
    }

    private void publish(int header, String topic, int packetId, String payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(topic);
        if ((header & 6) != 0) {
            out.writeShort(packetId);
        }
        out.write(payload.getBytes(StandardCharsets.UTF_8));
        write(header, bytes.toByteArray());
    }

    /** Sends an acknowledgement or the like about a packet. */
    void answer(int header, int packetId, int... more) throws IOException {
        int[] content = new int[more.length + 2];
        content[0] = packetId >> 8;
        content[1] = packetId & 0xFF;
        System.arraycopy(more, 0, content, 2, more.length);
        send(header, content);
    }

    void send(int header, int... content) throws IOException {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        write(header, bytes);
    }

    private void write(int header, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header);
        int left = content.length;
        do {
            bytes.write(left >= 0x80 ? (left & 0x7F) | 0x80 : left);
            left >>= 7;
        } while (left > 0);
        bytes.write(content);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    /** Ends the connection without a word. */
    void hangUp() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        server.close();
    }
}
