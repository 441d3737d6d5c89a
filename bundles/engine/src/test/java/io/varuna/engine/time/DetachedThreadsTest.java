package io.varuna.engine.time;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class DetachedThreadsTest {
    /** What a plugin does when it hands over records: something for which the engine makes a thread. */
    public static final class PluginCode implements BiFunction<ThreadFactory, Runnable, Thread> {
        @Override
        public Thread apply(ThreadFactory factory, Runnable task) {
            return factory.newThread(task);
        }
    }

    private static final class PluginLoader extends ClassLoader {
        BiFunction<ThreadFactory, Runnable, Thread> code() throws IOException, ReflectiveOperationException {
            String name = PluginCode.class.getName();
            try (InputStream in = PluginCode.class.getResourceAsStream("DetachedThreadsTest$PluginCode.class")) {
                byte[] bytes = in.readAllBytes();
                @SuppressWarnings("unchecked") // PluginCode
                BiFunction<ThreadFactory, Runnable, Thread> code =
                        (BiFunction<ThreadFactory, Runnable, Thread>) defineClass(name, bytes, 0, bytes.length)
                                .getConstructor()
                                .newInstance();
                return code;
            }
        }
    }

    @Test
    void aThreadDoesNotKeepThePluginThatWasOnTheStackWhenItWasMade() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        PluginLoader loader = new PluginLoader();
        Thread thread = loader.code().apply(new DetachedThreads("test-"), () -> awaitEnd(end));
        thread.start();
        WeakReference<ClassLoader> kept = new WeakReference<>(loader);
        loader = null;
        await().until(() -> {
            System.gc();
            return kept.refersTo(null);
        });
        end.countDown();
        thread.join();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
