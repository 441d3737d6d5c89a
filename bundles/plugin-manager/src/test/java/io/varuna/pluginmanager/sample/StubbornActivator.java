package io.varuna.pluginmanager.sample;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;

/** Does not come back from its start before it is released, and does not listen to being interrupted. */
public final class StubbornActivator extends SampleActivator {
    /** The system property that releases it. */
    public static final String RELEASED = "varuna.test.stubborn.released";

    @Override
    public void start(BundleContext context) {
        while (!Boolean.getBoolean(RELEASED)) {
            LockSupport.parkNanos(10_000_000);
        }
        super.start(context);
    }
}
