package io.varuna.api.manage;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All that is configured as one document in JSON, in eKuiper's form: streams, tables, rules, the names of plugins, named
 * properties and uploaded files. Rules are in it as they were given. Thread-safe; failures are {@code VarunaException}s.
 */
@ProviderType
public interface DataService {
    /**
     * Returns all that is configured.
     *
     * @param secrets whether secrets of named properties are in it; else they are hidden
     */
    String export(boolean secrets);

    /** Returns the same of some rules and what they need, by their ids; fails with RULE_NOT_FOUND. */
    String export(List<String> rules, boolean secrets);

    /**
     * Makes everything as a document says, or nothing: then rules run on with their state. Plugins stay in either case. Fails
     * with INVALID_JSON, before anything is done, if it has another form.
     *
     * @return by section of the document and name, what was refused and why; empty if all is well
     */
    Map<String, Map<String, String>> replace(String document);

    /** Adds and replaces what a document has, as far as that can be done; the rest is as with {@link #replace}. */
    Map<String, Map<String, String>> add(String document);
}
