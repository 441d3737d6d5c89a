package io.varuna.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** House rules about the files and commits of the repository. */
class RepositoryTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Set<String> TEXT =
            Set.of("java", "xml", "md", "bnd", "cfg", "properties", "sh", "json", "ftl");

    private static final Set<String> TOP_LEVEL = Set.of(
            "pom.xml",
            "bundles",
            "features",
            "karaf-assembly",
            "plugins",
            "itests",
            "README.md",
            "docs",
            "LICENSE",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "Dockerfile");

    private static final Pattern WRONG_SUBJECT =
            Pattern.compile(".{73,}|[^A-Z].*|.*\\.|.*\\b(?:WIP|wip|fixup!|squash!).*");

    @Test
    void textFilesHaveNoTrailingSpaceAndNoTabs() throws Exception {
        List<String> findings = new ArrayList<>();
        for (String file : git("ls-files")) {
            String extension = file.substring(file.lastIndexOf('.') + 1);
            Path path = ROOT.resolve(file);
            if (!TEXT.contains(extension) || !Files.exists(path)) {
                continue;
            }
            List<String> lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean code = extension.equals("java") || extension.equals("xml");
                if (line.endsWith(" ") || (code && line.indexOf('\t') >= 0)) {
                    findings.add(file + ":" + (i + 1));
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void topLevelIsFixed() throws Exception {
        assertThat(git("ls-files").stream()
                        .map(file -> file.replaceFirst("/.*", ""))
                        .filter(name -> !name.startsWith("."))
                        .distinct())
                .isSubsetOf(TOP_LEVEL);
    }

    @Test
    void commitSubjectsAreSentences() throws Exception {
        assertThat(git("log", "-200", "--no-merges", "--format=%s"))
                .noneMatch(subject -> WRONG_SUBJECT.matcher(subject).matches());
    }

    private static List<String> git(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.exists(ROOT.resolve(".git")), "not a git checkout");
        List<String> command = new ArrayList<>(List.of("git", "-C", ROOT.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
