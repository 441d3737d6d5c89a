package io.varuna.engine.time;

import java.util.concurrent.LinkedTransferQueue;

/** The queue of a pool that prefers one more thread to letting a task wait: it only accepts what an idle thread takes at once. */
final class Backlog extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
        return tryTransfer(task);
    }
}
