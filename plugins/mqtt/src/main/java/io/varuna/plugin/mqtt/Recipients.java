package io.varuna.plugin.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that some messages go to, each of which has to say that they are safe before the broker may forget them.
 * Used on the event loop.
 */
final class Recipients {
    static final Recipients NOBODY = new Recipients(List.of());

    /** Null as long as they are still to come. */
    private @Nullable List<Subscription> subscriptions;

    private Recipients(@Nullable List<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    static Recipients of(List<Subscription> subscriptions) {
        return new Recipients(List.copyOf(subscriptions));
    }

    /** Returns those whom nobody knows yet; nothing is safe with them before {@link #become}. */
    static Recipients unknown() {
        return new Recipients(null);
    }

    void become(Recipients others) {
        subscriptions = others.subscriptions;
    }

    List<Subscription> subscriptions() {
        List<Subscription> known = subscriptions;
        return known == null ? List.of() : known;
    }

    /** Tells whether a message is safe with all of them. */
    boolean haveSafe(long sequence) {
        List<Subscription> known = subscriptions;
        if (known == null) {
            return false;
        }
        for (int i = 0; i < known.size(); i++) {
            if (!known.get(i).hasSafe(sequence)) {
                return false;
            }
        }
        return true;
    }
}
