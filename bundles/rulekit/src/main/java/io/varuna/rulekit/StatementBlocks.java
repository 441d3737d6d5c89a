package io.varuna.rulekit;

import io.varuna.api.error.VarunaException;
import io.varuna.testkit.golden.GoldenPage.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out blocks of statements, and keeps what was said about those of the last block. */
final class StatementBlocks {
    private final RuleHarness harness;
    private final Regime regime;
    private final List<String> answers = new ArrayList<>();
    private @Nullable VarunaException refusal;

    StatementBlocks(RuleHarness harness, Regime regime) {
        this.harness = harness;
        this.regime = regime;
    }

    /** Returns the statements of a block, each of which ends with a semicolon at the end of a line. */
    static List<String> split(Block block) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : block.text()) {
            statement.append(statement.length() == 0 ? "" : "\n").append(line);
            if (line.stripTrailing().endsWith(";")) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        return statements;
    }

    /** Carries out the statements of a block, up to one that is refused. */
    void execute(Block block) {
        answers.clear();
        for (String statement : split(block)) {
            try {
                answers.addAll(harness.execute(asInRegime(statement)).lines().toList());
            } catch (VarunaException e) {
                refusal = e;
                return;
            }
        }
        if (regime == Regime.RESTARTED) {
            harness.restart();
        }
    }

    private String asInRegime(String statement) {
        return regime == Regime.SHARED ? statement.replace("WITH (", "WITH (SHARED=\"TRUE\", ") : statement;
    }

    /** Returns the lines of what people are told about the statements of the last block. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    /** Returns why the last block was refused, once. */
    Optional<VarunaException> takeRefusal() {
        VarunaException taken = refusal;
        refusal = null;
        return Optional.ofNullable(taken);
    }

    /** Fails if the last block was refused and the page does not say so. */
    void checkAccepted() {
        takeRefusal().ifPresent(unexpected -> {
            throw unexpected;
        });
    }
}
