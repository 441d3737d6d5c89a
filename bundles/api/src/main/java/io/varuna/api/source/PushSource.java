package io.varuna.api.source;

import org.osgi.annotation.versioning.ConsumerType;

/** A source whose client calls back. It needs no thread of its own. */
@ConsumerType
public interface PushSource extends Source {
    /**
     * Subscribes and returns; records are emitted from the client's thread, one at a time, until {@code close}. A broken
     * connection is the source's to mend; it tells {@link io.varuna.api.plugin.PluginContext#status}.
     */
    void start(SourceOutput out) throws Exception;
}
