package io.varuna.plugin.file;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** By what a change of a file is noticed. */
record Look(long size, FileTime modified) {
    /** What no file looks like. */
    static final Look NONE = new Look(-1, FileTime.fromMillis(0));

    static Look at(BasicFileAttributes attributes) {
        return new Look(attributes.size(), attributes.lastModifiedTime());
    }
}
