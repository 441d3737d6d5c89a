package io.varuna.itests.rules.kuiper;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;

/** Texts that are accepted or not. Rules are compiled on streams without columns, as eKuiper checks more than syntax, too. */
final class ParserCases {
    private static final Pattern TOPIC = Pattern.compile("[\\w+#]*/[\\w+#/]*");

    private ParserCases() {}

    static Outcome run(KuiperCase one) {
        boolean wanted = Boolean.TRUE.equals(one.part("expect").get("parses"));
        String sql = one.text("sql");
        if (one.text("entry").equals("ParseQueries")) {
            return Outcome.notApplicable("a rule is one statement");
        }
        try (Probe probe = new Probe(Instant.EPOCH)) {
            if (sql.stripLeading().regionMatches(true, 0, "SELECT", 0, 6)) {
                compile(probe, sql);
            } else {
                probe.check(sql);
            }
            return Outcome.of(wanted, "an error like '" + one.part("expect").text("error") + "'", "accepted");
        } catch (VarunaException e) {
            return Outcome.of(!wanted, "accepted", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Compiles a query. eKuiper's parser leaves two things to its planner: there is no stream with a name like a topic, and
     * a join needs a window.
     */
    private static void compile(Probe probe, String sql) {
        String plain = sql;
        for (String name : new LinkedHashSet<>(Query.of(sql).sources())) {
            if (TOPIC.matcher(name).matches()) {
                String other = name.replaceAll("\\W", "_");
                plain = plain.replace(name, other);
                probe.stream(other);
            } else {
                probe.stream(name);
            }
        }
        Query query = Query.of(plain);
        if (query.sources().size() > 1 && query.groupBy().isEmpty()) {
            plain = query.withGroupBy("TUMBLINGWINDOW(ss, 10)").sql();
        }
        try {
            probe.compile(sql);
        } catch (VarunaException e) {
            if (plain.equals(sql)
                    || (e.code() != StandardError.STREAM_NOT_FOUND && e.code() != StandardError.INVALID_WINDOW)) {
                throw e;
            }
            probe.compile(plain);
        }
    }
}
