package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.pluginmanager.sample.SampleActivator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleException;

/** Bundles that a real framework cannot resolve, and what is said about them. */
class ResolutionTest {
    private static final String API = "io.varuna.api.sink,io.varuna.api.plugin,io.varuna.api.function,";

    @RegisterExtension
    final TestFramework site = new TestFramework();

    @AfterEach
    void nothingIsLeft() {
        assertThat(site.context().getBundles()).as("bundles that are left").hasSize(1);
    }

    @Test
    void aPackageThatNobodyHas() {
        refused(Jars.plugin("2.1.0", API + "com.zaxxer.hikari"))
                .hasMessage("Plugin 'sample' 2.1.0 needs the package 'com.zaxxer.hikari', which no bundle here has. Put"
                        + " the library that has it into the bundle, or beside the bundle into the zip");
    }

    @Test
    void aPackageThatIsHereInAnotherVersion() {
        refused(zip(
                        Jars.plugin("2.1.0", API + "jts;version=\"[1.20,2)\""),
                        library("jts", "1.18.0", "Export-Package: jts;version=1.18.0")))
                .hasMessage("Plugin 'sample' 2.1.0 needs the package 'jts' in version 1.20 or later, below 2.0; here it"
                        + " is in version 1.18. Put the library that has it into the bundle, or beside the bundle into"
                        + " the zip");
    }

    @Test
    void aLibraryInTheZipThatLacksSomethingItself() {
        refused(zip(
                        Jars.plugin("2.1.0", API + "jts"),
                        library("jts", "1.18.0", "Export-Package: jts", "Import-Package: proj;version=4.1")))
                .hasMessage("Plugin 'sample' 2.1.0 uses the bundle 'jts', which needs the package 'proj' in version 4.1"
                        + " or later, which no bundle here has. Put the library that has it into the bundle, or beside"
                        + " the bundle into the zip");
    }

    @Test
    void aPackageInTwoVersions() {
        refused(zip(
                        Jars.plugin("2.1.0", API + "geometry;version=\"[2,3)\",shapes"),
                        library("geometry", "1.0.0", "Export-Package: geometry;version=1.0.0"),
                        library("geometry", "2.0.0", "Export-Package: geometry;version=2.0.0"),
                        library(
                                "shapes",
                                "1.0.0",
                                "Export-Package: shapes;uses:=geometry",
                                "Import-Package: geometry;version=\"[1,2)\"")))
                .hasMessage("Plugin 'sample' 2.1.0 sees the package 'geometry' twice: by itself and through another"
                        + " bundle, in different versions. Build it against the version that is here, or put its own"
                        + " into the bundle privately");
    }

    @Test
    void librariesThatNeedEachOtherDoNoHarm() {
        site.install(zip(
                Jars.plugin("2.1.0", API + "egg"),
                library("hen", "1.0.0", "Export-Package: hen", "Import-Package: egg"),
                library("egg", "1.0.0", "Export-Package: egg", "Import-Package: hen")));

        assertThat(site.plugins().get(PluginKind.SINK, "sample").version()).isEqualTo("2.1.0");
        site.plugins().remove(PluginKind.SINK, "sample", false);
    }

    @Test
    void aCircleWithAGapIsNamedByTheGap() {
        refused(zip(
                        Jars.plugin("2.1.0", API + "egg"),
                        library("hen", "1.0.0", "Export-Package: hen", "Import-Package: egg,corn"),
                        library("egg", "1.0.0", "Export-Package: egg", "Import-Package: hen")))
                .hasMessageContaining(
                        "uses the bundle 'hen', which needs the package 'corn', which no bundle here has");
    }

    @Test
    void aBundleThatIsRequiredByName() {
        refused(with("Require-Bundle: driver;bundle-version=\"[7.1,8)\""))
                .hasMessage("Plugin 'sample' 1.0.0 needs the bundle 'driver' in version 7.1 or later, below 8.0, which"
                        + " is not here. Put it into the zip");
    }

    @Test
    void aNewerJava() {
        refused(with("Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""))
                .hasMessage("Plugin 'sample' 1.0.0 needs Java 99; this is Java "
                        + Runtime.version().feature());
    }

    @Test
    void aService() {
        refused(with(
                        "Require-Capability: osgi.service;filter:=\"(objectClass=org.osgi.service.jdbc.DataSourceFactory)\""
                                + ";effective:=\"resolve\""))
                .hasMessage("Plugin 'sample' 1.0.0 needs a service 'org.osgi.service.jdbc.DataSourceFactory', which no"
                        + " bundle here offers");
    }

    @Test
    void anExtenderOfTheContainer() {
        refused(with("Require-Capability: osgi.extender;filter:=\"(&(osgi.extender=osgi.blueprint)(version>=1.0))\""))
                .hasMessage("Plugin 'sample' 1.0.0 needs 'osgi.blueprint' of the container, which this one does not"
                        + " have");
    }

    @Test
    void anActivatorThatIsNotThere() {
        refused(Jars.plugin("1.0.0").without(SampleActivator.class))
                .hasMessage("Plugin 'sample' 1.0.0 cannot be started: Not found: " + SampleActivator.class.getName());
    }

    @Test
    void theFrameworksOwnWordsAreTheCause() {
        refused(Jars.plugin("1.0.0", API + "nowhere"))
                .cause()
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("(osgi.wiring.package=nowhere)");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(Jars content) {
        return assertThatThrownBy(() -> site.install(content))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED));
    }

    private static Jars with(String header) {
        return Jars.plugin("1.0.0").withHeader(header);
    }

    private static Jars zip(Jars plugin, Jars... libraries) {
        Jars zip = Jars.empty().with("plugin.jar", plugin.bytes());
        for (int i = 0; i < libraries.length; i++) {
            zip = zip.with("library" + i + ".jar", libraries[i].bytes());
        }
        return zip;
    }

    private static Jars library(String name, String version, String... headers) {
        Jars jar = Jars.manifest("Bundle-SymbolicName: " + name, "Bundle-Version: " + version)
                .with(name + "/x.txt", "x");
        for (String header : headers) {
            jar = jar.withHeader(header);
        }
        return jar;
    }
}
