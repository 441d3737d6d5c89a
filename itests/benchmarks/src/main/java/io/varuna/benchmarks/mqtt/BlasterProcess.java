package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.pipeline.MapPipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The broker in a process of its own, whose work is not measured. */
public final class BlasterProcess implements AutoCloseable {
    private final Process process;
    private final OutputStream orders;
    private final BufferedReader answers;
    private final int port;
    private final int qos;
    private final long passing;

    /** Starts a broker that has so many messages to send. */
    public BlasterProcess(Shape shape, int messages, int qos) throws IOException {
        this.qos = qos;
        this.passing = passing(shape, messages);
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

    private static long passing(Shape shape, int messages) throws IOException {
        long[] count = new long[1];
        new MapPipeline(Messages.of(shape, messages, 10_000), (bytes, offset, length) -> count[0]++).run();
        return count[0];
    }

    /** Returns how many of the messages answer the {@link io.varuna.benchmarks.pipeline.Question}. */
    public long passing() {
        return passing;
    }

    String address() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Returns the statement for stream {@code demo}, which reads the messages. */
    public String stream() {
        return "CREATE STREAM demo () WITH (DATASOURCE=\"" + Frames.TOPIC
                + "\", TYPE=\"mqtt\", FORMAT=\"json\", SHARED=\"TRUE\", EXTRA=\"{\\\"server\\\": \\\"" + address()
                + "\\\", \\\"qos\\\": " + qos + "}\")";
    }

    /** Lets it send all messages once more. */
    public void send() throws IOException {
        orders.write('\n');
        orders.flush();
    }

    /** Lets it send all messages once more, so many a second; returns when the first is due, by the system's nano clock. */
    public long send(int perSecond) throws IOException {
        orders.write((perSecond + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
        return answer();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
