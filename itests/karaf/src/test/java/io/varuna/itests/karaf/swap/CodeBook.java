package io.varuna.itests.karaf.swap;

import io.varuna.api.connection.ConnectionFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection that says which version of the plugin has opened it, as long as it is open. */
public final class CodeBook implements AutoCloseable {
    private final AtomicBoolean closed = new AtomicBoolean();

    String version() {
        if (closed.get()) {
            throw new IllegalStateException("the connection is closed");
        }
        return Versions.of(CodeBook.class);
    }

    @Override
    public void close() {
        closed.set(true);
    }

    /** Opens it. */
    public static final class Factory implements ConnectionFactory<Factory.Config, CodeBook> {
        /** It takes no properties. */
        public @interface Config {}

        @Override
        public CodeBook open(Config config) {
            return new CodeBook();
        }
    }
}
