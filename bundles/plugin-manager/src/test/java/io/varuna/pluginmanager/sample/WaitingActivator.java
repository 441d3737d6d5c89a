package io.varuna.pluginmanager.sample;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Waits in its start for what does not come, until it is interrupted. */
public final class WaitingActivator implements BundleActivator {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void start(BundleContext context) throws InterruptedException {
        never.await();
    }

    @Override
    public void stop(BundleContext context) {
        // it holds nothing
    }
}
