package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out the examples of the pages that have requests. */
class RestManualTest {
    private static final Path PAGE = Path.of("../../docs/rest.md");
    private static final Path PLUGINS = Path.of("../../docs/plugins.md");
    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

    @TestFactory
    List<DynamicTest> examplesAnswerAsTheManualSays() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : List.of(PAGE, PLUGINS)) {
            RestServer server = new RestServer();
            for (Example example : examples(page)) {
                tests.add(DynamicTest.dynamicTest(example.command(), () -> check(server, example)));
            }
            tests.add(DynamicTest.dynamicTest("end", server::close));
        }
        return tests;
    }

    @Test
    void everyRouteIsInTheManual() throws Exception {
        String page = Files.readString(PAGE);
        try (RestServer server = new RestServer()) {
            assertThat(server.servlet().routes()).allSatisfy(route -> {
                String path = route.template().replaceFirst("^/v2", "");
                String last = path.substring(path.lastIndexOf('/'));
                assertThat(page).containsAnyOf("`" + route.method() + " " + path, path + "`", "`" + last + "`");
            });
        }
    }

    private static void check(RestServer server, Example example) throws Exception {
        String method = "";
        String body = "";
        String path = "";
        Matcher matcher = ARGUMENT.matcher(example.command());
        List<String> arguments = new ArrayList<>();
        while (matcher.find()) {
            arguments.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        for (int i = 1; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "-X" -> method = arguments.get(++i);
                case "-d" -> body = arguments.get(++i);
                default -> path = arguments.get(i).replace("localhost:9081", "");
            }
        }
        String usual = body.isEmpty() ? "GET" : "POST";
        String answer =
                server.send(method.isEmpty() ? usual : method, path, body).body();

        String expected = Pattern.quote(example.answer()).replace("...", "\\E.*\\Q");
        assertThat(answer).matches(Pattern.compile(expected, Pattern.DOTALL));
    }

    private static List<Example> examples(Path page) throws Exception {
        List<Example> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                examples.add(new Example(line.substring(2), ""));
            } else if (inside) {
                Example last = examples.remove(examples.size() - 1);
                String before = last.answer().isEmpty() ? "" : last.answer() + "\n";
                examples.add(new Example(last.command(), before + line));
            }
        }
        return examples;
    }

    private record Example(String command, String answer) {}
}
