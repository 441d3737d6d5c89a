package io.varuna.plugin.memory;

import java.util.List;

/** Somebody who reads topics. */
interface Subscriber {
    TopicFilter filter();

    /** Takes rows of one topic, in order. May wait while the subscriber is busy. Called by several threads. */
    void take(List<Published> rows) throws InterruptedException;
}
