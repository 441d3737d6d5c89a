package io.varuna.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.api.manage.StreamKind;
import io.varuna.engine.function.FunctionTable;
import io.varuna.plan.StreamOptions;
import io.varuna.plan.WindowSpec;
import io.varuna.rulekit.GoldenPages;
import io.varuna.rulekit.RunQuery;
import io.varuna.rulekit.StreamCatalog;
import io.varuna.sql.SqlCompiler;
import io.varuna.sql.StreamStatement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of the manual about SQL leave nothing out: each kind of what the language has is in an example that is run. */
class ManualCoverageTest {
    private static final Path PAGES = Path.of("../../docs/sql");

    /** Joins by time that would have to keep rows of the right stream for ever are refused. */
    private static final List<String> IMPOSSIBLE =
            List.of("IntervalJoin.kind RIGHT", "IntervalJoin.kind FULL", "IntervalJoin.kind CROSS");

    private static final FunctionTable FUNCTIONS = new FunctionTable();
    private static final List<RunQuery> QUERIES = new ArrayList<>();
    private static final List<StreamStatement> STATEMENTS = new ArrayList<>();

    @BeforeAll
    static void readPages() throws IOException {
        StandardPlugins.libraries()
                .forEach(library ->
                        FUNCTIONS.register(library, library.getClass().getSimpleName(), "1.0.0"));
        QUERIES.addAll(new GoldenPages(StandardPlugins::withStore).queries(PAGES));
        SqlCompiler compiler = new SqlCompiler(new StreamCatalog(FUNCTIONS));
        GoldenPages.statements(PAGES).forEach(statement -> STATEMENTS.add(compiler.statement(statement)));
    }

    @Test
    void everyKindOfStepAndExpressionIsRun() {
        Set<String> seen = new HashSet<>();
        QUERIES.forEach(query -> PlanKinds.add(query.plan().root(), seen));

        assertThat(without(PlanKinds.all(), seen)).containsExactlyInAnyOrderElementsOf(IMPOSSIBLE);
    }

    @Test
    void everyKindOfWindowIsRunWithItsPartsAndInBothTimes() {
        Set<String> seen = QUERIES.stream()
                .flatMap(query -> PlanKinds.parts(query.plan().root(), WindowSpec.class).stream()
                        .flatMap(window -> Stream.concat(
                                Stream.of(window.kind() + (query.eventTime() ? " in event time" : " as rows come")),
                                partsOf(window).map(part -> window.kind() + " with " + part))))
                .collect(Collectors.toSet());
        Set<String> all = new TreeSet<>();
        for (WindowSpec.Kind kind : WindowSpec.Kind.values()) {
            all.addAll(List.of(kind + " as rows come", kind + " in event time", kind + " with filter"));
        }
        all.addAll(List.of(
                "SLIDING with trigger",
                "SLIDING with delay",
                "COUNT with step",
                "STATE with end",
                "STATE with partitions"));

        assertThat(without(all, seen)).isEmpty();
    }

    private static Stream<String> partsOf(WindowSpec window) {
        return Stream.of(
                        window.filter() == null ? "" : "filter",
                        window.trigger() == null ? "" : "trigger",
                        window.delay() == 0 ? "" : "delay",
                        window.slide() == window.size() ? "" : "step",
                        window.end() == null ? "" : "end",
                        window.partitionBy().isEmpty() ? "" : "partitions")
                .filter(part -> !part.isEmpty());
    }

    @Test
    void everyKindOfFunctionIsRun() {
        Set<FunctionKind> seen = QUERIES.stream()
                .flatMap(query -> query.plan().functions().stream())
                .map(FUNCTIONS::function)
                .flatMap(Optional::stream)
                .map(FunctionDefinition::kind)
                .collect(Collectors.toSet());

        assertThat(seen).containsExactlyInAnyOrder(FunctionKind.values());
    }

    @Test
    void everyKindOfStatementIsCarriedOut() {
        Set<String> seen =
                STATEMENTS.stream().flatMap(ManualCoverageTest::kindsOf).collect(Collectors.toSet());
        Set<String> all = new TreeSet<>(
                List.of("CREATE OR REPLACE", "CREATE IF NOT EXISTS", "DROP IF EXISTS", "SHOW STREAMS", "SHOW TABLES"));
        for (String statement : List.of("DROP", "DESCRIBE", "EXPLAIN")) {
            all.addAll(List.of(statement + " STREAM", statement + " TABLE"));
        }
        Arrays.stream(StreamKind.values()).forEach(kind -> all.add("CREATE " + kind));
        StreamOptions.NAMES.forEach(option -> all.add("CREATE with " + option));

        assertThat(without(all, seen)).isEmpty();
    }

    private static Stream<String> kindsOf(StreamStatement statement) {
        if (statement instanceof StreamStatement.Create create) {
            return Stream.concat(
                    Stream.of(
                            "CREATE " + create.definition().kind(),
                            create.orReplace() ? "CREATE OR REPLACE" : "",
                            create.ifNotExists() ? "CREATE IF NOT EXISTS" : ""),
                    create.definition().options().values().keySet().stream().map(option -> "CREATE with " + option));
        }
        if (statement instanceof StreamStatement.Drop drop) {
            return Stream.of("DROP " + word(drop.table()), drop.ifExists() ? "DROP IF EXISTS" : "");
        }
        if (statement instanceof StreamStatement.Describe describe) {
            return Stream.of("DESCRIBE " + word(describe.table()));
        }
        if (statement instanceof StreamStatement.Explain explain) {
            return Stream.of("EXPLAIN " + word(explain.table()));
        }
        return Stream.of("SHOW " + word(((StreamStatement.Show) statement).tables()) + "S");
    }

    private static String word(boolean table) {
        return table ? "TABLE" : "STREAM";
    }

    private static Set<String> without(Set<String> all, Set<String> seen) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(seen);
        return rest;
    }
}
