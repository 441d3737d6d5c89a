package io.varuna.itests.rules;

import io.varuna.rulekit.GoldenPages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The pages of the manual about SQL are true. */
class GoldenPagesTest {
    @TestFactory
    Stream<DynamicNode> pages() throws IOException {
        return new GoldenPages(StandardPlugins::withStore).tests(Path.of("../../docs/sql"));
    }
}
