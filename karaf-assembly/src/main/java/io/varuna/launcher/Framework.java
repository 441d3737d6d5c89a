package io.varuna.launcher;

import java.util.concurrent.CountDownLatch;
import org.apache.karaf.main.Main;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/** Runs the OSGi framework in this process, and stops it in good order also when the terminal asks for the end. */
final class Framework {
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
                new StopWatch(main.getFramework().getBundleContext(), stopped).listen();
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
