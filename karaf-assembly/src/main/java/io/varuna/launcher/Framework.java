package io.varuna.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.main.Main;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/** Runs the OSGi framework in this process, and stops it in good order also when the terminal asks for the end. */
final class Framework {
    private static final long STOP_SECONDS = 60;

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
                main.awaitShutdown();
                exitCode = main.destroy() ? main.getExitCode() : 1;
                main.updateInstancePidAfterShutdown();
            } while (Boolean.getBoolean("karaf.restart"));
            return exitCode;
        } finally {
            ended.countDown();
        }
    }

    private void stop() {
        Main main = running;
        if (main == null || ended.getCount() == 0) {
            return;
        }
        try {
            main.getFramework().stop();
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Varuna has not stopped within " + STOP_SECONDS + " s and is ended now.");
            }
        } catch (BundleException e) {
            System.err.println("Varuna did not stop in good order: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
