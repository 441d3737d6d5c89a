package io.varuna.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out the examples of the manual. */
class ShellManualTest {
    private static final Path PAGE = Path.of("../../docs/shell.md");

    @TestFactory
    List<DynamicTest> examplesShowWhatTheManualSays() throws Exception {
        Shell shell = new Shell();
        List<DynamicTest> tests = new ArrayList<>();
        for (Example example : examples()) {
            tests.add(DynamicTest.dynamicTest(example.command(), () -> {
                String expected = Pattern.quote(example.output()).replace("...", "\\E.*\\Q");
                assertThat(run(shell, example.command())).matches(Pattern.compile(expected, Pattern.DOTALL));
            }));
        }
        tests.add(DynamicTest.dynamicTest("end", shell::close));
        return tests;
    }

    @Test
    void everyCommandIsInTheManual() throws Exception {
        String page = Files.readString(PAGE);

        assertThat(Shell.services())
                .filteredOn(type -> type.isAnnotationPresent(Command.class))
                .allSatisfy(type -> {
                    Command command = type.getAnnotation(Command.class);
                    assertThat(page).containsAnyOf("`" + command.scope() + ":" + command.name(), "`" + command.name());
                });
    }

    private static String run(Shell shell, String command) throws Exception {
        try {
            return shell.run(command);
        } catch (CommandException e) {
            // as the shell itself prints it
            return "Error executing command: " + e.getMessage() + "\n";
        }
    }

    private static List<Example> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (inside && line.startsWith(Shell.PROMPT)) {
                examples.add(new Example(line.substring(Shell.PROMPT.length()), ""));
            } else if (inside) {
                Example last = examples.remove(examples.size() - 1);
                examples.add(new Example(last.command(), last.output() + line + "\n"));
            }
        }
        return examples;
    }

    private record Example(String command, String output) {}
}
