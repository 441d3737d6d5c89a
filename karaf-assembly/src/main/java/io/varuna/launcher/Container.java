package io.varuna.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.utils.properties.Properties;

/** The process that works on an installation's data directory, seen from another process. */
final class Container {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final Installation installation;

    Container(Installation installation) {
        this.installation = installation;
    }

    /** Tells whether a process holds the lock that the container takes first and keeps until its end. */
    boolean isRunning() throws Refusal {
        Path file = installation.data().resolve("lock");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new Refusal(
                    "File '" + file + "' cannot be locked (" + e + "). Use the user that runs the container.");
        }
    }

    Optional<ProcessHandle> process() {
        try {
            return ProcessHandle.of(Long.parseLong(read(installation.data().resolve("varuna.pid"))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    String description() {
        return "'" + installation.data() + "'"
                + process().map(process -> " (process " + process.pid() + ")").orElse("");
    }

    /** Asks the container to stop, as all operating systems can, and waits until the process is gone. */
    void stop(Duration patience) throws Refusal, InterruptedException {
        ProcessHandle process = process()
                .orElseThrow(() -> new Refusal("Varuna works on " + description()
                        + ", but its process id is not in 'varuna.pid' there. Stop the process by hand."));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), shutdownPort())) {
            socket.getOutputStream().write(shutdownCommand().getBytes(UTF_8));
        } catch (IOException | NumberFormatException e) {
            throw new Refusal("Varuna on " + description() + " does not take the request to stop (" + e
                    + "). Wait until it has started, or end the process by hand.");
        }
        try {
            process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Refusal("Varuna on " + description() + " still runs after " + patience.toSeconds() + " s. See '"
                    + installation.log().resolve("varuna.log") + "', or end the process by hand.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of process " + process.pid() + " cannot be awaited", e);
        }
    }

    private int shutdownPort() throws IOException {
        return Integer.parseInt(read(installation.data().resolve("port")));
    }

    private String shutdownCommand() throws IOException {
        var properties =
                new Properties(installation.etc().resolve("config.properties").toFile());
        String command = properties.getProperty("karaf.shutdown.command");
        if (command == null) {
            throw new IOException("etc/config.properties has no 'karaf.shutdown.command'");
        }
        return command;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).trim();
    }

    /** Tells whether something accepts connections at the address. */
    static boolean accepts(RestAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address.callable(), (int) CONNECT_TIMEOUT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
