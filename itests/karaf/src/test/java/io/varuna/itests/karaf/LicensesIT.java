package io.varuna.itests.karaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page about licences names what is in the distribution, no less and no more. */
class LicensesIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("\\|[^|]+\\|([^|]+)\\|[^|]+\\|[^|]+\\|");
    private static final Pattern BEGINNING = Pattern.compile("`([^`]+)`");
    private static final Pattern VERSION = Pattern.compile("META-INF/versions/[0-9]+/");

    private static Path home;

    @BeforeAll
    static void unpack() {
        home = Container.unpack("licenses");
    }

    @Test
    void licencesComeWithTheDistribution() throws IOException {
        assertThat(home.resolve("LICENSE")).hasSameTextualContentAs(ROOT.resolve("LICENSE"));
        assertThat(home.resolve("licenses.md")).hasSameTextualContentAs(ROOT.resolve("docs/licenses.md"));
        assertThat(Files.readString(home.resolve("NOTICE"), UTF_8)).startsWith("Varuna\n");
    }

    @Test
    void everyLibraryIsOnThePage() throws IOException {
        Set<String> beginnings = beginnings();
        assertThat(libraries())
                .filteredOn(library -> beginnings.stream().noneMatch(library::startsWith))
                .isEmpty();
    }

    @Test
    void everythingOnThePageIsThere() throws IOException {
        Set<String> libraries = libraries();
        // Jetty lies within a bundle of Felix
        assertThat(beginnings())
                .filteredOn(beginning -> libraries.stream().noneMatch(library -> library.startsWith(beginning)))
                .containsExactly("org.eclipse.jetty");
    }

    private static Set<String> beginnings() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/licenses.md"), UTF_8).stream()
                .flatMap(line -> ROW.matcher(line).results())
                .flatMap(row -> BEGINNING.matcher(row.group(1)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the groups of foreign bundles, the names of other foreign jars, and what lies within our own. */
    private static Set<String> libraries() throws IOException {
        Set<String> libraries = new TreeSet<>();
        Path system = home.resolve("system");
        for (Path jar : jars(system)) {
            Path place = system.relativize(jar);
            // below the group are a directory for the artifact and one for its version
            String group = place.subpath(0, place.getNameCount() - 3).toString().replace('/', '.');
            if (group.equals("io.varuna")) {
                libraries.addAll(within(jar));
            } else {
                libraries.add(group);
            }
        }
        for (Path jar : jars(home.resolve("lib"))) {
            if (!jar.getFileName().toString().startsWith("varuna-")) {
                libraries.add(jar.getFileName().toString());
            }
        }
        return libraries;
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Returns the foreign packages in a jar of ours, and the names of jars in it. */
    private static Set<String> within(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .map(name -> VERSION.matcher(name).replaceFirst(""))
                    .filter(name -> name.endsWith(".jar") || name.endsWith(".class"))
                    .map(name -> name.endsWith(".jar")
                            ? name.substring(name.lastIndexOf('/') + 1)
                            : name.substring(0, Math.max(0, name.lastIndexOf('/')))
                                    .replace('/', '.'))
                    .filter(name -> !(name + ".").startsWith("io.varuna."))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
