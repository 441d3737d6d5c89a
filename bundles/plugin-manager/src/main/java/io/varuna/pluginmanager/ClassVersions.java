package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Looks for classes that need a newer Java, which would fail only when they are first used. */
final class ClassVersions {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int BEGINNING = 8;
    /** Where in the beginning the number of the format stands. */
    private static final int VERSION = 6;
    /** The number in class files is that of Java and 44. */
    private static final int OFFSET = 44;

    private ClassVersions() {}

    /** Fails if a class of a bundle needs a newer Java than {@code feature}. */
    static void check(String plugin, JarFile jar, int feature) throws IOException {
        for (ZipEntry entry : classes(jar)) {
            int needed = version(jar, entry);
            if (needed > feature) {
                throw Rejection.of("Plugin " + plugin + " needs Java " + needed + "; this is Java " + feature
                        + ". Its class '" + entry.getName() + "' was compiled for it");
            }
        }
    }

    /** Returns the Java that all classes of a jar need, 0 if it has none. */
    static int needed(JarFile jar) throws IOException {
        int needed = 0;
        for (ZipEntry entry : classes(jar)) {
            needed = Math.max(needed, version(jar, entry));
        }
        return needed;
    }

    private static List<JarEntry> classes(JarFile jar) {
        return jar.stream().filter(ClassVersions::isLoaded).toList();
    }

    /** Classes for newer versions of Java have a place of their own, where older ones do not look. */
    private static boolean isLoaded(ZipEntry entry) {
        return entry.getName().endsWith(".class")
                && !entry.getName().startsWith("META-INF/")
                && !entry.getName().endsWith("module-info.class");
    }

    private static int version(JarFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            ByteBuffer beginning = ByteBuffer.wrap(in.readNBytes(BEGINNING));
            return beginning.limit() == BEGINNING && beginning.getInt() == MAGIC
                    ? beginning.getShort(VERSION) - OFFSET
                    : 0;
        }
    }
}
