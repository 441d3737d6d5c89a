package io.varuna.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Ends the process when the framework is to stop, and a plugin that does not come back from its start or stop keeps it from that. */
final class StopWatch implements SynchronousBundleListener {
    /** How long it may take until the first bundle stops: before that the runtime gives all rules 15 s for their sinks. */
    private static final Duration RULES = Duration.ofSeconds(17);
    /** How long each bundle may take. */
    private static final Duration BUNDLE = Duration.ofSeconds(10);

    private static final long LOOK_MILLIS = 200;

    private final BundleContext framework;
    private final CountDownLatch stopped;
    /** When a bundle began to stop, or had stopped, or the framework was told to, by the system's nano clock. */
    private volatile long latest;

    private volatile boolean begun;
    private volatile boolean bundlesStop;

    /** Creates it; {@code stopped} is counted down when the framework has stopped. */
    StopWatch(BundleContext framework, CountDownLatch stopped) {
        this.framework = framework;
        this.stopped = stopped;
    }

    /** Begins to listen. */
    void listen() {
        framework.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if ((event.getType() & (BundleEvent.STOPPING | BundleEvent.STOPPED)) == 0) {
            return;
        }
        latest = System.nanoTime();
        if (begun) {
            bundlesStop = true;
        } else if (event.getBundle().getBundleId() == 0) {
            begun = true;
            var watch = new Thread(this::endUnlessStopped, "varuna-stop-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private void endUnlessStopped() {
        try {
            while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Duration patience = bundlesStop ? BUNDLE : RULES;
                if (System.nanoTime() - latest > patience.toNanos()) {
                    System.err.println("Varuna does not stop, as a bundle does not come back. It is ended now.");
                    Runtime.getRuntime().halt(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
