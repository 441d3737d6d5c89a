package io.varuna.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The arrows between the modules, and who may know what. */
@AnalyzeClasses(packages = "io.varuna", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> JDK_API_OR_ANNOTATION = resideInAnyPackage(
                    "java..", "io.varuna.api..", "org.jspecify.annotations..")
            .or(describe("an annotation", JavaClass::isAnnotation));

    /** Annotations, and the enums their members name, are read at build time only. The converter is a plain jar. */
    private static final DescribedPredicate<JavaClass> OSGI_RUNTIME = resideInAPackage("org.osgi..")
            .and(resideOutsideOfPackages(
                    "..annotation..", "..annotations..", "..propertytypes..", "org.osgi.util.converter.."));

    @ArchTest
    static final ArchRule API_NEEDS_NOTHING = classes()
            .that()
            .resideInAPackage("io.varuna.api..")
            .should()
            .onlyDependOnClassesThat(JDK_API_OR_ANNOTATION)
            .because("whoever writes a plugin gets no library with the API that they did not ask for");

    @ArchTest
    static final ArchRule CORES_DO_NOT_KNOW_OSGI = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.varuna.api..",
                    "io.varuna.plan..",
                    "io.varuna.sql..",
                    "io.varuna.engine..",
                    "io.varuna.plugin..")
            .should()
            .dependOnClassesThat(OSGI_RUNTIME)
            .because("they also run in a plain JVM: in tests, and in a distributed engine. Put it into runtime");

    @ArchTest
    static final ArchRule PLAN_KNOWS_THE_API_ONLY = classes()
            .that()
            .resideInAPackage("io.varuna.plan..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.varuna.api..", "io.varuna.plan..")
                    .or(describe("an annotation", JavaClass::isAnnotation)))
            .because("a plan is data that is printed, stored and sent elsewhere");

    @ArchTest
    static final ArchRule ENGINE_DOES_NOT_KNOW_SQL = noClasses()
            .that()
            .resideInAPackage("io.varuna.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.varuna.sql..", "io.varuna.runtime..", "org.apache.calcite..")
            .because("the plan is the joint between the two");

    @ArchTest
    static final ArchRule SQL_DOES_NOT_KNOW_THE_ENGINE = noClasses()
            .that()
            .resideInAPackage("io.varuna.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.varuna.engine..", "io.varuna.runtime..")
            .because("the plan is the joint between the two");

    @ArchTest
    static final ArchRule CALCITE_STAYS_IN_SQL = noClasses()
            .that()
            .resideOutsideOfPackage("io.varuna.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.calcite..")
            .because("Calcite is private to one bundle, and may be replaced there");

    @ArchTest
    static final ArchRule WAYS_IN_USE_THE_MANAGEMENT_API = noClasses()
            .that()
            .resideInAnyPackage("io.varuna.rest..", "io.varuna.shell..", "io.varuna.pluginmanager..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.varuna.plan..", "io.varuna.sql..", "io.varuna.engine..", "io.varuna.runtime..")
            .because("REST, shell and console are translations of io.varuna.api.manage");

    @ArchTest
    static final ArchRule CONSOLE_SPEAKS_REST_ONLY = noClasses()
            .that()
            .resideInAPackage("io.varuna.console..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.varuna..").and(resideOutsideOfPackages("io.varuna.console..")))
            .because("what the console can do, every client of REST can do. Put it into the REST interface");

    @ArchTest
    static final ArchRule PLUGINS_USE_THE_API_ONLY = noClasses()
            .that()
            .resideInAPackage("io.varuna.plugin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.varuna.plan..", "io.varuna.sql..", "io.varuna.engine..", "io.varuna.runtime..")
            .because("a plugin must run on every engine that has the API");

    @ArchTest
    static final ArchRule PLUGINS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("io.varuna.plugin.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.varuna.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule API_INTERFACES_SAY_WHO_IMPLEMENTS_THEM = classes()
            .that()
            .resideInAPackage("io.varuna.api..")
            .and()
            .areInterfaces()
            .and()
            .areNotAnnotations()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .beAnnotatedWith(ConsumerType.class)
            .orShould()
            .beAnnotatedWith(ProviderType.class)
            .because("bnd's baseline decides by it whether a new method is a minor or a major change");
}
