package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A broker of MQTT 3.1.1 for one client that subscribes: sends it the same messages whenever it is told to, as fast as the
 * client takes them. Runs in a process of its own, on the loopback interface, until its standard input ends.
 */
public final class Blaster {
    /** So many messages of QoS 1 may be on their way before the first is acknowledged. */
    static final int WINDOW = 8_192;

    private static final int CONNECT = 1;
    private static final int PUBACK = 4;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;
    private static final int PINGREQ = 12;
    private static final int DISCONNECT = 14;
    private static final int CHUNK = 256;
    private static final long PAUSE_NANOS = 20_000;

    private final Frames frames;
    private final int qos;
    private final Object lock = new Object();
    private @Nullable OutputStream subscriber;
    private long acknowledged;
    private long sent;

    private Blaster(Frames frames, int qos) {
        this.frames = frames;
        this.qos = qos;
    }

    /** Serves one client. The arguments are the shape and number of the messages and their quality of service. */
    public static void main(String[] arguments) throws Exception {
        Messages messages = Messages.of(Shape.valueOf(arguments[0]), Integer.parseInt(arguments[1]), 10_000);
        int qos = Integer.parseInt(arguments[2]);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            Blaster blaster = new Blaster(Frames.of(messages, qos), qos);
            Thread reader = new Thread(() -> blaster.read(server), "reader");
            reader.setDaemon(true);
            reader.start();
            blaster.obey();
        }
    }

    /** Sends all messages for each line of the standard input; the line may say how many a second. */
    private void obey() throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            OutputStream out = awaitSubscriber();
            if (order.isEmpty()) {
                for (int from = 0; from < frames.count(); from += CHUNK) {
                    sendFrames(out, from, Math.min(frames.count(), from + CHUNK));
                }
            } else {
                sendPaced(out, Integer.parseInt(order));
            }
        }
    }

    /** Sends each message when it is due, or as soon after as the system allows; prints first when that begins. */
    private void sendPaced(OutputStream out, int perSecond) throws IOException, InterruptedException {
        long start = System.nanoTime();
        System.out.println(start);
        int from = 0;
        while (from < frames.count()) {
            long due = (long) ((System.nanoTime() - start) / 1e9 * perSecond) + 1;
            int to = (int) Math.min(Math.min(due, from + CHUNK), frames.count());
            if (to > from) {
                sendFrames(out, from, to);
                from = to;
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void sendFrames(OutputStream out, int from, int to) throws IOException, InterruptedException {
        awaitAcknowledgements(sent + to - from - WINDOW);
        synchronized (out) {
            out.write(frames.bytes(), frames.end(from), frames.end(to) - frames.end(from));
        }
        sent += to - from;
    }

    private OutputStream awaitSubscriber() throws InterruptedException {
        synchronized (lock) {
            OutputStream out = subscriber;
            while (out == null) {
                lock.wait();
                out = subscriber;
            }
            return out;
        }
    }

    private void awaitAcknowledgements(long needed) throws InterruptedException {
        synchronized (lock) {
            while (qos > 0 && acknowledged < needed) {
                lock.wait();
            }
        }
    }

    private void read(ServerSocket server) {
        try (Socket client = server.accept()) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 16));
            OutputStream out = client.getOutputStream();
            while (true) {
                answer(in.readUnsignedByte() >> 4, packet(in), out);
                if (in.available() == 0) {
                    synchronized (lock) {
                        lock.notifyAll();
                    }
                }
            }
        } catch (EOFException e) {
            // the client has gone
            Runtime.getRuntime().halt(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int part;
        do {
            part = in.readUnsignedByte();
            length |= (part & 0x7f) << shift;
            shift += 7;
        } while (part >= 0x80);
        return in.readNBytes(length);
    }

    private void answer(int type, byte[] packet, OutputStream out) throws IOException {
        switch (type) {
            case CONNECT -> send(out, 0x20, 2, 0, 0);
            case SUBSCRIBE -> {
                send(out, 0x90, 3, packet[0], packet[1], qos);
                synchronized (lock) {
                    subscriber = out;
                }
            }
            case UNSUBSCRIBE -> send(out, 0xb0, 2, packet[0], packet[1]);
            case PINGREQ -> send(out, 0xd0, 0);
            case PUBACK -> {
                synchronized (lock) {
                    acknowledged++;
                }
            }
            case DISCONNECT -> Runtime.getRuntime().halt(0);
            default -> throw new IOException("A packet of type " + type);
        }
    }

    private static void send(OutputStream out, int... bytes) throws IOException {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        synchronized (out) {
            out.write(packet);
        }
    }
}
