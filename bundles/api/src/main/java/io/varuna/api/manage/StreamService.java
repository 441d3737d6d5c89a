package io.varuna.api.manage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Streams and tables. They share one space of names. Thread-safe; failures are {@code VarunaException}s. */
@ProviderType
public interface StreamService {
    /**
     * Carries out a statement about streams and tables: CREATE, DROP, SHOW, DESCRIBE or EXPLAIN.
     *
     * @return what a person is told
     */
    String execute(String statement);

    /** Carries out a CREATE STREAM or CREATE TABLE statement. */
    StreamDescription create(String statement);

    /** Replaces a stream by what a CREATE statement for the same name says. Rules that use it are restarted. */
    StreamDescription replace(String name, String statement);

    /** Returns the streams, or the tables, in the order of their names. */
    List<StreamDescription> list(boolean tables);

    /** Returns the stream or table; fails with STREAM_NOT_FOUND. */
    StreamDescription get(String name, boolean table);

    /**
     * Removes a stream or table; fails with STREAM_IN_USE while a rule needs it.
     *
     * @param force removes it all the same; rules that need it stop with the reason
     */
    void drop(String name, boolean table, boolean force);
}
