package io.varuna.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.plugin.PluginFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a plugin, loaded once more and apart, as a container loads them: to see that they can be unloaded when
 * nobody uses the plugin any more.
 */
final class PluginCopy extends URLClassLoader {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long BETWEEN_COLLECTIONS = TimeUnit.MILLISECONDS.toNanos(20);

    static {
        registerAsParallelCapable();
    }

    private PluginCopy(URL classes, ClassLoader parent) {
        super(new URL[] {classes}, parent);
    }

    /** Uses a copy of a plugin, and closes all that it has opened. */
    @FunctionalInterface
    interface Use<F> {
        void with(F factory, @Nullable ConnectionFactory<?, ?> connection) throws Exception;
    }

    /**
     * Fails if something keeps the classes of the plugin after it was used. Skipped where its classes cannot be loaded
     * apart from the test: where there is another constructor than the one without parameters.
     */
    static <F extends PluginFactory<?>> void assertCollected(
            F factory, @Nullable ConnectionFactory<?, ?> connection, Use<F> use) throws Exception {
        assumeTrue(isPlain(factory), () -> factory.getClass() + " has other constructors");
        assumeTrue(connection == null || isPlain(connection), "the connection has other constructors");
        assertCollected(factory.getClass(), copy -> use(copy, factory, connection, use));
    }

    /** Fails if something keeps the classes beside {@code plugin} after a copy of them was used. */
    static void assertCollected(Class<?> plugin, Work work) throws Exception {
        WeakReference<ClassLoader> copy = used(plugin, work);
        long deadline = System.nanoTime() + PATIENCE;
        while (copy.get() != null && System.nanoTime() < deadline) {
            System.gc();
            LockSupport.parkNanos(BETWEEN_COLLECTIONS);
        }
        if (copy.get() != null) {
            throw new AssertionError("Something keeps the classes of " + plugin.getName() + " after all was closed:"
                    + " a thread, a shutdown hook, a ThreadLocal of a foreign thread, or a registration with the JDK"
                    + " or a library. After an upgrade the old version would stay in memory");
        }
    }

    /** In a frame of its own, which is gone before the collection. */
    private static WeakReference<ClassLoader> used(Class<?> plugin, Work work) throws Exception {
        try (PluginCopy copy = of(plugin)) {
            work.with(copy);
            return new WeakReference<>(copy);
        }
    }

    private static PluginCopy of(Class<?> plugin) {
        CodeSource source = plugin.getProtectionDomain().getCodeSource();
        assumeTrue(source != null, () -> "It is not known where " + plugin + " comes from");
        return new PluginCopy(source.getLocation(), plugin.getClassLoader());
    }

    @SuppressWarnings("unchecked") // the same class, loaded again
    private static <F extends PluginFactory<?>> void use(
            PluginCopy copy, F factory, @Nullable ConnectionFactory<?, ?> connection, Use<F> use) throws Exception {
        use.with(
                (F) copy.make(factory.getClass()),
                connection == null ? null : (ConnectionFactory<?, ?>) copy.make(connection.getClass()));
    }

    /** Makes an instance of the copy of a class. */
    Object make(Class<?> original) throws Exception {
        Constructor<?> constructor = loadClass(original.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    static boolean isPlain(Object factory) {
        Constructor<?>[] constructors = factory.getClass().getDeclaredConstructors();
        return constructors.length == 1 && constructors[0].getParameterCount() == 0;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                boolean own = findResource(name.replace('.', '/') + ".class") != null;
                loaded = own ? findClass(name) : getParent().loadClass(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    @FunctionalInterface
    interface Work {
        void with(PluginCopy copy) throws Exception;
    }
}
