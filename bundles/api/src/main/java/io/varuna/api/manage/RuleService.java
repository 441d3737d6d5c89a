package io.varuna.api.manage;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Rules, as JSON documents in eKuiper's form. Thread-safe; failures are {@code VarunaException}s. */
@ProviderType
public interface RuleService {
    /** Returns the rules in the order of their ids. */
    List<RuleSummary> list();

    /**
     * Creates a rule, and starts it unless it says {@code "triggered": false}.
     *
     * @param json the rule; {@code id}, {@code sql} and {@code actions} are required
     * @return its id
     */
    String create(String json);

    /** Returns the rule as it was given. */
    String get(String id);

    /** Replaces or creates a rule. It is validated first: if it is refused, the old one keeps running. */
    void update(String id, String json);

    /** Stops a rule and removes it with its state. */
    void delete(String id);

    /** Starts a rule; it will also run after the next start of the container. */
    void start(String id);

    void stop(String id);

    void restart(String id);

    /**
     * Has a rule read on from another place. A rule that runs is stopped and started; its state stays.
     *
     * @param stream that the rule reads, by itself
     * @param offsets by partition, as its source counts; empty to begin at the beginning
     */
    void readFrom(String id, String stream, Map<String, String> offsets);

    RuleStatus status(String id);

    /** Returns the figures of a rule; fit to be called for all rules every few seconds. */
    RuleFigures figures(String id);

    /** Returns how a rule is carried out, with its plan. */
    RuleExplanation explain(String id);

    RuleTopology topology(String id);

    /** Checks a rule without creating it. */
    RuleValidation validate(String json);

    /** Replaces the tags of a rule. */
    void setTags(String id, List<String> tags);

    /**
     * Shows the output of a running rule as it comes.
     *
     * @param listener gets every result as JSON text; called from the rule's threads and must not block
     * @return ends it when closed
     */
    AutoCloseable tail(String id, Consumer<String> listener);

    /**
     * Runs a SELECT statement that is not stored, without sinks.
     *
     * @param listener gets every result as JSON text, and errors as {@code {"error": text}}; must not block
     * @return ends it when closed
     */
    AutoCloseable query(String select, Consumer<String> listener);

    /** Returns the streams, tables and rules as a document that {@link #importRuleset} takes. */
    String exportRuleset();

    /**
     * Creates or replaces the streams, tables and rules of a document.
     *
     * @return by name, what was refused and why; empty if all is well
     */
    Map<String, String> importRuleset(String json);

    /**
     * Makes the streams, tables and rules those of a document, whatever versions they have: as a whole, or not at all. What is
     * temporary stays. Rules that the document has just as they are run on, unless it changes what they read; others are updated
     * as by {@link #update}. Before anything changes, all is checked, and the rules that are concerned stop with their state,
     * from which they go on if the change cannot be made.
     *
     * @return by name, what was refused and why; empty if all is well
     */
    Map<String, String> replaceRuleset(String json);
}
