package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.message.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The broker in a process of its own, whose work is not measured. */
final class BlasterProcess implements AutoCloseable {
    private final Process process;
    private final OutputStream orders;
    private final BufferedReader answers;
    private final int port;

    BlasterProcess(Shape shape, int messages, int qos) throws IOException {
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Blaster.class.getName(),
                        shape.name(),
                        Integer.toString(messages),
                        Integer.toString(qos)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.orders = process.getOutputStream();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.port = (int) answer();
    }

    private long answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The broker has ended");
        }
        return Long.parseLong(line);
    }

    String address() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Lets it send all messages once more. */
    void send() throws IOException {
        orders.write('\n');
        orders.flush();
    }

    /** Lets it send all messages once more, so many a second; returns when the first is due, by the system's nano clock. */
    long send(int perSecond) throws IOException {
        orders.write((perSecond + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
        return answer();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
