package io.varuna.runtime.stream;

import io.varuna.plan.Catalog;
import java.util.List;
import java.util.Optional;

/** The rules, as far as they read streams. */
public interface StreamReaders {
    /** Returns the ids of the rules that read a stream, in ascending order. */
    List<String> readersOf(String stream);

    /** Returns why a rule could not be compiled against other streams; empty if it could. */
    Optional<String> problem(String rule, Catalog streams);

    /** Starts the rules that read a stream again, now that it was created, replaced or dropped. */
    void streamChanged(String stream);
}
