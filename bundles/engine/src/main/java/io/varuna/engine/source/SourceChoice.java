package io.varuna.engine.source;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what a stream is read: now, and before the last move, as long as what came with that is on trial. Thread-safe. */
final class SourceChoice {
    private Used now;
    private @Nullable Former former;
    private @Nullable String trouble;

    /** A plugin with its codec, and where its instances come from. */
    record Used(Resolved<SourceFactory<?>> resolved, PluginAccess access) {
        /** Tells whether another one would differ in its codec at most. */
        boolean samePluginAs(Used other) {
            return resolved.samePluginAs(other.resolved);
        }
    }

    /**
     * What was used before the last move.
     *
     * @param status how it got on
     */
    private record Former(Used used, ConnectionStatus status) {}

    SourceChoice(Used now) {
        this.now = now;
    }

    synchronized Used now() {
        return now;
    }

    /** Returns how records are read. */
    synchronized Readers.Reading reading() {
        Former before = former;
        return new Readers.Reading(now.resolved, before == null ? null : before.used.resolved, now.access.clock());
    }

    /** Uses another one on trial; {@code status} is how the present one gets on. */
    synchronized void tryOut(Used next, ConnectionStatus status) {
        former = new Former(now, status);
        trouble = null;
        now = next;
    }

    /** Uses another one without a trial. */
    synchronized void use(Used next) {
        now = next;
        former = null;
    }

    /** Does without what was used before the last move. */
    synchronized void settle() {
        former = null;
    }

    /** Gives up what was used before the last move, for the caller to return to it. */
    synchronized Optional<Used> takeFormer() {
        Former before = former;
        former = null;
        return before == null ? Optional.empty() : Optional.of(before.used);
    }

    /** Returns to the former codec if only that differs; where the plugin does as well, whoever moved it takes it back. */
    synchronized boolean returnToCodec() {
        Former before = former;
        if (before == null || !now.samePluginAs(before.used)) {
            return false;
        }
        use(before.used);
        return true;
    }

    /** Holds something against what is on trial, if something is. */
    synchronized void noteTrouble(String what) {
        if (former != null && trouble == null) {
            trouble = what;
        }
    }

    /** Returns what went wrong since the last move, if something did; {@code status} is how the source gets on. */
    synchronized Optional<String> trouble(ConnectionStatus status) {
        Former before = former;
        boolean lost = before != null
                && before.status == ConnectionStatus.CONNECTED
                && status == ConnectionStatus.DISCONNECTED;
        return trouble == null && lost ? Optional.of("lost its connection") : Optional.ofNullable(trouble);
    }
}
