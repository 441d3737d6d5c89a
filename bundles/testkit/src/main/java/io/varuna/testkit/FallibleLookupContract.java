package io.varuna.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import org.junit.jupiter.api.Test;

/** What a lookup table promises whose other end can be away for a while. */
public abstract class FallibleLookupContract extends LookupContract {
    /** Takes the other end away. */
    protected abstract void interrupt() throws Exception;

    /** Brings the other end back, with what it had. */
    protected abstract void restore() throws Exception;

    @Test
    void answersAgainWhenTheOtherEndIsBack() throws Exception {
        create(SCHEMA);
        try (Opened table = opened(SCHEMA, rows(3), "id")) {
            assertThat(table.find(1L)).hasSize(1);
            interrupt();
            try {
                Exception failure = catchException(() -> table.find(1L));
                assertThat(failure).as("a question while the other end is away").isNotNull();
                assertThat(factory().isTransient(failure))
                        .as("whether asking again may help after: %s", failure)
                        .isTrue();
            } finally {
                restore();
            }
            assertThat(table.find(1L)).hasSize(1);
        }
    }
}
