package io.varuna.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the API with a listing in git, so that every change of it is seen in a review. Until there is a release that
 * bnd's baseline can compare with, this is what watches over it. {@code -Dgolden=write} writes the listing.
 */
class ApiListingTest {
    private static final Path LISTING = Path.of("src/test/resources/api.txt");

    @Test
    void apiIsAsListed() throws IOException {
        List<String> actual = signatures();
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(LISTING, actual);
        }
        assertThat(actual)
                .as("the API; if the change is meant, run with -Dgolden=write and review the difference")
                .containsExactlyElementsOf(Files.readAllLines(LISTING));
    }

    private static List<String> signatures() {
        TreeSet<String> lines = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.varuna.api").stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::reflect)
                        .filter(ApiListingTest::isVisible)
                        .forEach(type -> list(type, lines));
        return List.copyOf(lines);
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static void list(Class<?> type, Set<String> lines) {
        String owner = type.getName();
        lines.add(owner + " " + type.toGenericString());
        Stream.of(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .map(Field::toGenericString)
                .forEach(text -> lines.add(owner + "   " + text));
        Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> Modifier.isPublic(constructor.getModifiers()))
                .map(Constructor::toGenericString)
                .forEach(text -> lines.add(owner + "   " + text));
        Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::toGenericString)
                .forEach(text -> lines.add(owner + "   " + text));
    }
}
