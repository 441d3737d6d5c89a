package io.varuna.pluginmanager;

import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Versions and ranges of them as people say them. */
final class VersionText {
    private VersionText() {}

    /** Returns a version such as {@code 2.4}, with a third number only where it is not 0. */
    static String brief(Version version) {
        String two = version.getMajor() + "." + version.getMinor();
        return version.getMicro() == 0 ? two : two + "." + version.getMicro();
    }

    /** Returns what a range allows, such as {@code 2.4 or later, below 3.0}. */
    static String allowed(VersionRange range) {
        Version right = range.getRight();
        if (right == null) {
            return lowest(range);
        }
        if (range.isExact()) {
            return "exactly " + brief(range.getLeft());
        }
        String upTo = (range.getRightType() == VersionRange.RIGHT_OPEN ? "below " : "up to ") + brief(right);
        return range.getLeft().equals(Version.emptyVersion) ? upTo : lowest(range) + ", " + upTo;
    }

    private static String lowest(VersionRange range) {
        String lowest = brief(range.getLeft());
        return range.getLeftType() == VersionRange.LEFT_OPEN ? "later than " + lowest : lowest + " or later";
    }

    /** Returns the part of a range that a version does not meet: the lower end, or the whole. */
    static String unmet(VersionRange range, Version version) {
        return version.compareTo(range.getLeft()) < 0 && !range.isExact() ? lowest(range) : allowed(range);
    }
}
