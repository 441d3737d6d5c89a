package io.varuna.engine.time;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that keep nothing of who made them. Up to Java 23 a thread remembers the protection domains of all classes on
 * the stack of its maker, and with them their class loaders. A plugin that brings records from a thread of its own is on that
 * stack when a pool grows, and would stay in memory for as long as the thread lives.
 */
final class DetachedThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger number = new AtomicInteger();

    DetachedThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        return named(prefix + number.incrementAndGet(), task);
    }

    /** Makes a thread that does not keep the process from ending. */
    @SuppressWarnings("removal") // what is to be removed is what makes this necessary
    static Thread named(String name, Runnable task) {
        Thread thread =
                AccessController.doPrivileged((PrivilegedAction<Thread>) () -> new Thread(null, task, name, 0, false));
        thread.setDaemon(true);
        return thread;
    }
}
