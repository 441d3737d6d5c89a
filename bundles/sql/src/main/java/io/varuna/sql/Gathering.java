package io.varuna.sql;

import io.varuna.api.manage.StreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlNode;

/** The streams and tables that queries in expressions look at, within the windows of the query around them. */
final class Gathering {
    private final List<Source> sources;
    private final UnaryOperator<String> names;
    private final List<Gathered> all = new ArrayList<>();

    /**
     * Creates a gathering of nothing.
     *
     * @param sources those of the query around
     * @param names makes names that are different in the whole statement
     */
    Gathering(List<Source> sources, UnaryOperator<String> names) {
        this.sources = List.copyOf(sources);
        this.names = names;
    }

    /**
     * What is looked at.
     *
     * @param shared whether it is a source of the query around, whose rows are there anyway
     * @param node where it is named
     */
    record Gathered(String name, Source source, boolean shared, SqlNode node) {
        boolean isStream() {
            return source.isStream();
        }
    }

    List<Gathered> all() {
        return all;
    }

    /** Returns the rows of a relation, to be looked at. */
    Relation.Gathered look(String name, Relation relation, SqlNode node) {
        for (Gathered known : all) {
            if (same(known.source().relation(), relation)) {
                return new Relation.Gathered(known.name(), known.source());
            }
        }
        List<Source> streams = sources.stream().filter(Source::isStream).toList();
        boolean shared = streams.size() == 1
                && relation.kind() == StreamKind.STREAM
                && same(streams.get(0).relation(), relation);
        Source source = shared ? streams.get(0) : new Source(name, relation, null);
        Gathered gathered = new Gathered(names.apply(name), source, shared, node);
        all.add(gathered);
        return new Relation.Gathered(gathered.name(), source);
    }

    static boolean same(Relation one, Relation other) {
        if (one instanceof Relation.Declared declared) {
            return declared.equals(other);
        }
        return one instanceof Relation.Derived derived
                && other instanceof Relation.Derived second
                && derived.plan().equals(second.plan());
    }
}
