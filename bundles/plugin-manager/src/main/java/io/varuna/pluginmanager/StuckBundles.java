package io.varuna.pluginmanager;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The bundles that keep a thread which starts or stops them. Nothing of them is used, or even asked. Thread-safe. */
final class StuckBundles {
    private final Map<Long, String> places = new ConcurrentHashMap<>();

    /** Notes that a bundle is stuck, and where. */
    void add(Bundle bundle, String place) {
        places.put(bundle.getBundleId(), place);
    }

    void remove(Bundle bundle) {
        places.remove(bundle.getBundleId());
    }

    boolean contains(Bundle bundle) {
        return places.containsKey(bundle.getBundleId());
    }

    /** Returns where in the code of a bundle a thread is, from its innermost frame; empty if it is not in there. */
    static Optional<String> place(Bundle bundle, Thread thread) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return Optional.empty();
        }
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> LeftThreads.has(wiring, frame))
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ", line " + frame.getLineNumber());
    }
}
