package io.varuna.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.main.Main;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;

/** Runs the OSGi framework in this process, and stops it in good order also when the terminal asks for the end. */
final class Framework {
    private static final long STOP_SECONDS = 25;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Main running;

    /** Runs the framework until it is stopped for good; returns the exit code. */
    int run() throws Exception {
        // the signal TERM is Karaf's own business, Ctrl+C is not
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "varuna-shutdown"));
        try {
            int exitCode;
            do {
                System.setProperty("karaf.restart", "false");
                var main = new Main(new String[0]);
                main.launch();
                running = main;
                var stopped = new CountDownLatch(1);
                endAnywayAfterStop(main, stopped);
                main.awaitShutdown();
                exitCode = main.destroy() ? main.getExitCode() : 1;
                stopped.countDown();
                main.updateInstancePidAfterShutdown();
            } while (Boolean.getBoolean("karaf.restart"));
            return exitCode;
        } finally {
            ended.countDown();
        }
    }

    /** Ends the process when it is to stop, and a plugin that does not come back from its start or stop keeps it from that. */
    private static void endAnywayAfterStop(Main main, CountDownLatch stopped) {
        SynchronousBundleListener listener = event -> {
            if (event.getBundle().getBundleId() == 0 && event.getType() == BundleEvent.STOPPING) {
                var watch = new Thread(() -> endUnless(stopped), "varuna-stop-watch");
                watch.setDaemon(true);
                watch.start();
            }
        };
        main.getFramework().getBundleContext().addBundleListener(listener);
    }

    private static void endUnless(CountDownLatch stopped) {
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Varuna has not stopped within " + STOP_SECONDS + " s and is ended now.");
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        Main main = running;
        if (main == null || ended.getCount() == 0) {
            return;
        }
        try {
            main.getFramework().stop();
            ended.await();
        } catch (BundleException e) {
            System.err.println("Varuna did not stop in good order: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
