package io.varuna.itests.karaf.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Writes the symbolic name of each bundle that starts, stops or loses its wires as a line of a file. */
public final class BundleWatch implements BundleActivator {
    /** The name of the file in the home directory of the container. */
    public static final String FILE = "touched-bundles.txt";

    private static final int TOUCHED =
            BundleEvent.STARTED | BundleEvent.STOPPED | BundleEvent.UNRESOLVED | BundleEvent.UPDATED;

    @Override
    public void start(BundleContext context) throws IOException {
        Path file = Path.of(context.getProperty("karaf.home"), FILE);
        Files.writeString(file, "");
        SynchronousBundleListener listener = event -> {
            if ((event.getType() & TOUCHED) != 0) {
                write(file, event.getBundle().getSymbolicName());
            }
        };
        context.addBundleListener(listener);
    }

    private static void write(Path file, String symbolicName) {
        try {
            Files.writeString(file, symbolicName + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the listener away
    }
}
