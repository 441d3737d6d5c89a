package io.varuna.plugin.http;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** Says that a server answered with a status other than 2xx. */
final class UnwelcomeStatus extends IOException {
    private static final long serialVersionUID = 1;

    /** Statuses that say nothing about the request: time-out, too early, too many requests. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private static final Set<Integer> ABSENT = Set.of(404, 410);

    private final int status;

    UnwelcomeStatus(URI address, int status) {
        super(address + " answered " + status);
        this.status = status;
    }

    /** Tells whether the same request may be welcome later. */
    boolean passes() {
        return passes(status);
    }

    static boolean passes(int status) {
        return status >= 500 || PASSING.contains(status);
    }

    /** Tells whether the server says that there is nothing at the address. */
    boolean saysAbsent() {
        return ABSENT.contains(status);
    }
}
