package io.varuna.itests.karaf.swap;

import org.osgi.framework.FrameworkUtil;

/** Knows which version of a plugin a class is from. */
final class Versions {
    private Versions() {}

    static String of(Class<?> type) {
        return String.valueOf(FrameworkUtil.getBundle(type).getVersion());
    }
}
