package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Dialect;
import io.varuna.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Checks that a query asks for nothing that only the end of an endless stream would tell. */
final class EndlessStreams {
    private final Scope scope;
    private final Gathering gathering;
    private final boolean eventTime;
    private final StatementText text;
    private final Calls calls;

    EndlessStreams(Scope scope, Gathering gathering, boolean eventTime, StatementText text, Calls calls) {
        this.scope = scope;
        this.gathering = gathering;
        this.eventTime = eventTime;
        this.text = text;
        this.calls = calls;
    }

    /** Checks that what queries in expressions look at is finite. */
    void checkGathered(@Nullable WindowSpec window, boolean byTime) {
        boolean whole =
                scope.sources().stream().anyMatch(source -> source.relation().gathers());
        for (Gathering.Gathered gathered : gathering.all()) {
            String name = gathered.source().relation().describe();
            if (gathered.isStream() && window == null && !(gathered.shared() && whole)) {
                throw text.error(
                        StandardError.INVALID_WINDOW,
                        "A query cannot wait for the end of " + name
                                + ", which is endless. Add a window to GROUP BY of"
                                + " the query around it, such as TUMBLINGWINDOW(ss, 10), in which it looks at the rows"
                                + " of the window; or ask a table",
                        gathered.node());
            }
            if (byTime) {
                throw calls.unsupported(
                        "Where streams are joined by the times of their rows, no query looks at other rows. Put the join"
                                + " into a query in FROM",
                        gathered.node());
            }
            boolean twice = gathered.isStream()
                    && !gathered.shared()
                    && scope.sources().stream()
                            .anyMatch(source -> Gathering.same(
                                    source.relation(), gathered.source().relation()));
            if (twice && window != null && !isTimed(window.kind())) {
                throw calls.unsupported(
                        "Each row of " + name
                                + " would count twice in this window: in FROM, and here. Use a tumbling,"
                                + " hopping or session window",
                        gathered.node());
            }
        }
    }

    private static boolean isTimed(WindowSpec.Kind kind) {
        return switch (kind) {
            case TUMBLING, HOPPING, SESSION -> true;
            case SLIDING, COUNT, STATE -> false;
        };
    }

    /**
     * Checks that nothing is asked of rows together that come one by one.
     *
     * @param orderBy what the rows are ordered by
     * @param limits of how many rows there are, and how many are left out
     */
    void checkEndless(SqlSelect select, List<SqlNode> orderBy, List<SqlNode> limits) {
        if (scope.sources().stream().anyMatch(source -> source.relation().gathers())) {
            return;
        }
        if (select.isDistinct()) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "DISTINCT would have to remember all rows of an endless stream. Add a window to GROUP BY, in which each row"
                            + " is there once, such as GROUP BY TUMBLINGWINDOW(ss, 10), or write WHERE had_changed(true, column)",
                    select);
        }
        List<SqlNode> waiting = new ArrayList<>(isOfTime(orderBy) ? List.of() : orderBy);
        waiting.addAll(limits);
        // eKuiper's dialect takes each row for a result of its own
        if (scope.dialect() == Dialect.STANDARD && !waiting.isEmpty()) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "ORDER BY and LIMIT would have to wait for the end of an endless stream. Add a window to GROUP BY, whose"
                            + " rows are put into order, such as GROUP BY TUMBLINGWINDOW(ss, 10)"
                            + (eventTime ? ", or order by the column of the event time alone" : ""),
                    waiting.get(0));
        }
    }

    /** Tells whether rows are to be in the order of event time, in which they are anyway. */
    private boolean isOfTime(List<SqlNode> orderBy) {
        if (!eventTime || orderBy.size() != 1 || scope.sources().size() != 1) {
            return false;
        }
        OrderItem item = OrderItem.of(orderBy.get(0));
        return !item.descending()
                && item.value() instanceof SqlIdentifier column
                && scope.sources().get(0).relation() instanceof Relation.Declared declared
                && declared.definition()
                        .options()
                        .timestamp()
                        .filter(Util.last(column.names)::equals)
                        .isPresent();
    }

    /**
     * Checks what streams need.
     *
     * @param meet whether there is something that makes their rows meet
     * @param joined the second of them, if there is one
     */
    void checkStreams(SqlNode from, boolean meet, SqlNode joined) {
        List<Source> streams = scope.sources().stream().filter(Source::isStream).toList();
        List<Source> all = new ArrayList<>(streams);
        gathering.all().stream()
                .map(Gathering.Gathered::source)
                .filter(Source::isStream)
                .forEach(all::add);
        for (Source stream : all) {
            if (eventTime
                    && stream.relation() instanceof Relation.Declared declared
                    && declared.definition().options().timestamp().isEmpty()) {
                throw text.error(
                        StandardError.INVALID_RULE,
                        "The rule is in event time, but stream '"
                                + declared.definition().name()
                                + "' does not say which column holds it. Add the option TIMESTAMP to the stream, or set"
                                + " isEventTime to false",
                        from);
            }
        }
        if (streams.size() > 1 && !meet) {
            String one = streams.get(0).alias();
            String other = streams.get(1).alias();
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "A join of streams needs a window, in which their rows meet. Add one to GROUP BY, such as"
                            + " GROUP BY TUMBLINGWINDOW(ss, 10)"
                            + (eventTime
                                    ? ", or say in ON how far the times may be apart, such as " + other + ".ts BETWEEN "
                                            + one + ".ts - INTERVAL '5' SECOND AND " + one + ".ts"
                                    : ""),
                    joined);
        }
    }
}
