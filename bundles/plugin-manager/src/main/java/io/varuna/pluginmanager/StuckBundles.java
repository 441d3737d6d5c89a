package io.varuna.pluginmanager;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The bundles that keep a thread which starts or stops them. Nothing of them is used, or even asked. Thread-safe. */
final class StuckBundles {
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();

    void add(Bundle bundle) {
        numbers.add(bundle.getBundleId());
    }

    void remove(Bundle bundle) {
        numbers.remove(bundle.getBundleId());
    }

    boolean contains(Bundle bundle) {
        return numbers.contains(bundle.getBundleId());
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
