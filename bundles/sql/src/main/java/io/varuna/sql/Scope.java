package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Dialect;
import io.varuna.plan.Operator;
import io.varuna.plan.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What names stand for in a query: columns of its sources, and its aliases. */
final class Scope {
    /** Outside of the SELECT list: every alias can be seen. */
    static final int ALL_ALIASES = Integer.MAX_VALUE;

    /** No alias can be seen. */
    static final int NO_ALIASES = -1;

    /** Aliases that stand for others twice are many names when written out. */
    private static final int MOST_NAMES = 10_000;

    private final List<Source> sources;
    private final @Nullable OuterColumns outer;
    private final Dialect dialect;
    private final boolean eventTime;
    private final StatementText text;
    private final Calls calls;
    private final List<Alias> aliases = new ArrayList<>();
    private final List<Alias> resolving = new ArrayList<>();
    private final Map<String, List<Source>> shared = new HashMap<>();
    private int resolved;

    /** An alias and the position of its item in the SELECT list. */
    private record Alias(String name, int item, SqlNode value) {}

    /**
     * Creates the scope of a query.
     *
     * @param outer what a query in an expression sees of the one around it; null for others
     * @param eventTime whether rows are in the order of their event time; otherwise in that of their arrival
     */
    Scope(
            List<Source> sources,
            @Nullable OuterColumns outer,
            Dialect dialect,
            boolean eventTime,
            StatementText text,
            Calls calls) {
        this.sources = List.copyOf(sources);
        this.outer = outer;
        this.dialect = dialect;
        this.eventTime = eventTime;
        this.text = text;
        this.calls = calls;
    }

    List<Source> sources() {
        return sources;
    }

    Dialect dialect() {
        return dialect;
    }

    boolean eventTime() {
        return eventTime;
    }

    /** Lets the columns that a join shares stand for those of the side that always has a row. */
    void share(FromReader.Step step, Source right) {
        for (SqlIdentifier name : step.shared()) {
            List<Source> before = shared.getOrDefault(
                    name.getSimple(),
                    sources.stream()
                            .filter(source -> source.has(name.getSimple()))
                            .limit(1)
                            .toList());
            List<Source> after = new ArrayList<>(before);
            switch (step.kind()) {
                case INNER, LEFT, CROSS -> {
                    // the left one is there
                }
                case RIGHT -> after = List.of(right);
                case FULL -> after.add(right);
            }
            shared.put(name.getSimple(), List.copyOf(after));
        }
    }

    void addAlias(String name, int item, SqlNode value) {
        aliases.add(new Alias(name, item, value));
    }

    /** Returns all that the query reads: its sources, after the row of the query around. */
    List<Source> allSources() {
        List<Source> all = new ArrayList<>(sources);
        if (outer != null) {
            all.add(0, outer.source());
        }
        return all;
    }

    /** Tells whether a source of this query, or of one around it, has this alias. */
    boolean hasSource(String alias) {
        return source(alias).isPresent() || (outer != null && outer.hasSource(alias));
    }

    /** Tells whether a name by itself can stand for something; see {@link #resolve}. */
    boolean has(String name, int item) {
        SqlIdentifier identifier = new SqlIdentifier(name, SqlParserPos.ZERO);
        return sources.stream().anyMatch(source -> source.has(name) || isWindowColumn(source, name))
                || alias(name, item).isPresent()
                || (outer != null && outer.column(identifier).isPresent());
    }

    /** Returns the type of a column that has been qualified. */
    DataType type(SqlIdentifier column) {
        return allSources().stream()
                .filter(source -> source.alias().equals(column.names.get(0)))
                .findFirst()
                .flatMap(source -> source.use(column.names.get(1)))
                .orElse(DataType.ANY);
    }

    /** Returns the source with this alias. */
    Optional<Source> source(String alias) {
        return sources.stream().filter(source -> source.alias().equals(alias)).findFirst();
    }

    /**
     * Returns what a name stands for.
     *
     * @param item the position in the SELECT list, {@link #ALL_ALIASES} or {@link #NO_ALIASES}
     * @param rewrite rewrites what an alias stands for, at a position in the SELECT list
     */
    SqlNode resolve(SqlIdentifier identifier, int item, BiFunction<SqlNode, Integer, SqlNode> rewrite) {
        if (++resolved > MOST_NAMES) {
            throw text.error(
                    StandardError.STATEMENT_TOO_COMPLEX,
                    "The query has more than " + MOST_NAMES + " names when its aliases are written out",
                    identifier);
        }
        List<String> names = identifier.names;
        SqlParserPos position = identifier.getParserPosition();
        String first = names.get(0);
        if (names.size() > 1) {
            Optional<Source> source = source(first);
            if (source.isPresent()) {
                SqlNode column = column(source.get(), names.get(1), identifier.getComponentParserPosition(1));
                return calls.path(column, Calls.rest(names, 2), position);
            }
            boolean declared = sources.stream().anyMatch(s -> !s.isOpen() && s.has(first));
            if (outer != null && outer.hasSource(first) && !declared) {
                SqlIdentifier qualified = identifier.getComponent(0, 2);
                SqlNode column = outer.column(qualified).orElseThrow();
                return calls.path(column, Calls.rest(names, 2), position);
            }
        }
        SqlNode value = unqualified(first, identifier, item, rewrite);
        return calls.path(value, Calls.rest(names, 1), position);
    }

    private SqlNode unqualified(
            String name, SqlIdentifier identifier, int item, BiFunction<SqlNode, Integer, SqlNode> rewrite) {
        boolean aliasFirst = dialect == Dialect.RULE || sources.stream().noneMatch(s -> !s.isOpen() && s.has(name));
        Optional<Alias> alias = aliasFirst ? alias(name, item) : Optional.empty();
        if (alias.isEmpty()) {
            return column(name, identifier.getComponentParserPosition(0));
        }
        Alias found = alias.get();
        if (resolving.contains(found)) {
            throw text.error(
                    StandardError.COLUMN_AMBIGUOUS,
                    "The alias '" + name + "' stands, by way of other aliases, for itself",
                    identifier);
        }
        resolving.add(found);
        try {
            return rewrite.apply(found.value(), found.item());
        } finally {
            resolving.remove(found);
        }
    }

    private Optional<Alias> alias(String name, int item) {
        boolean open = sources.stream().anyMatch(Source::isOpen);
        return aliases.stream()
                .filter(alias -> alias.name().equals(name) && item != NO_ALIASES)
                // within its own item, and to the left of it where the columns are not known, the name is the column
                .filter(alias -> item == ALL_ALIASES || (alias.item() != item && (!open || alias.item() < item)))
                .findFirst();
    }

    private SqlNode column(String name, SqlParserPos position) {
        List<Source> owners = shared.getOrDefault(name, List.of());
        if (!owners.isEmpty()) {
            List<SqlNode> columns =
                    owners.stream().map(owner -> column(owner, name, position)).toList();
            return columns.size() == 1 ? columns.get(0) : calls.apply(Operator.COALESCE, position, columns);
        }
        List<Source> declaring = sources.stream()
                .filter(source -> isWindowColumn(source, name) || (!source.isOpen() && source.has(name)))
                .toList();
        List<Source> open = sources.stream().filter(Source::isOpen).toList();
        if (declaring.isEmpty() && open.size() > 1 && dialect == Dialect.RULE) {
            // the first record that has it
            List<SqlNode> columns =
                    open.stream().map(source -> column(source, name, position)).toList();
            return calls.apply(Operator.COALESCE, position, columns);
        }
        if (declaring.size() > 1 || (declaring.isEmpty() && open.size() > 1)) {
            List<Source> candidates = declaring.isEmpty() ? open : declaring;
            throw text.error(
                    StandardError.COLUMN_AMBIGUOUS,
                    "The column '" + name + "' may be that of "
                            + String.join(
                                    " or ",
                                    candidates.stream()
                                            .map(s -> "'" + s.alias() + "'")
                                            .toList())
                            + ". Write it as " + candidates.get(0).alias() + "." + name,
                    position);
        }
        if (!declaring.isEmpty()) {
            return column(declaring.get(0), name, position);
        }
        if (!open.isEmpty()) {
            return column(open.get(0), name, position);
        }
        Optional<SqlNode> around = outer == null ? Optional.empty() : outer.column(new SqlIdentifier(name, position));
        return around.isPresent() ? around.get() : column(sources.get(0), name, position);
    }

    private static boolean isWindowColumn(Source source, String name) {
        return source.window() != null && windowColumn(name) >= 0;
    }

    static int windowColumn(String name) {
        for (int i = 0; i < Window.COLUMNS.size(); i++) {
            if (Window.COLUMNS.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns a column of a source, from now on in use. */
    SqlNode column(Source source, String name, SqlParserPos position) {
        if (isWindowColumn(source, name)) {
            return calls.windowColumn(windowColumn(name), position);
        }
        if (source.use(name).isEmpty() && name.equals(Source.METADATA)) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "The rows of " + source.relation().describe()
                            + " have no metadata. Select what is needed in there, such as meta(topic) AS topic",
                    position);
        }
        if (source.use(name).isEmpty()) {
            List<String> known = new ArrayList<>();
            sources.forEach(s -> known.addAll(s.schema().names()));
            aliases.stream()
                    .map(Alias::name)
                    .filter(alias -> !alias.startsWith("$"))
                    .forEach(known::add);
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "There is no column '" + name + "' in "
                            + String.join(
                                    ", ",
                                    sources.size() == 1
                                            ? List.of(source.relation().describe())
                                            : List.of("the streams of FROM"))
                            + StatementText.suggest(name, known, "The columns are"),
                    position);
        }
        return new SqlIdentifier(List.of(source.alias(), name), null, position, List.of(position, position));
    }
}
