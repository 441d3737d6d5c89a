package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolutionTextTest {
    @Test
    void translatesWhatTheFrameworkSays() {
        assertThat(ResolutionText.explain(
                        "'geo' 1.0.0",
                        "Unable to resolve geo [9](R 9.0): missing requirement [geo [9](R 9.0)] osgi.wiring.bundle;"
                                + " (&(osgi.wiring.bundle=org.locationtech.jts)(bundle-version>=1.19.0))"))
                .isEqualTo(
                        "Plugin 'geo' 1.0.0 needs the bundle 'org.locationtech.jts', which is not here. Put it into the"
                                + " zip");
        assertThat(ResolutionText.explain(
                        "'geo' 1.0.0",
                        "missing requirement [geo [9](R 9.0)] osgi.service;"
                                + " (&(objectClass=org.osgi.service.jdbc.DataSourceFactory)(effective=resolve))"))
                .isEqualTo(
                        "Plugin 'geo' 1.0.0 needs a service 'org.osgi.service.jdbc.DataSourceFactory', which no bundle"
                                + " here offers");
        assertThat(ResolutionText.explain("'geo' 1.0.0", "Uses constraint violation. Unable to resolve resource geo"))
                .startsWith("Plugin 'geo' 1.0.0 sees two versions of one package");
        assertThat(ResolutionText.explain("'geo' 1.0.0", "Activator start error"))
                .isEqualTo("Plugin 'geo' 1.0.0 cannot be started: Activator start error");
    }

    @Test
    void readsHeadersWithQuotedCommas() {
        List<ManifestHeader> clauses =
                ManifestHeader.parse("a.b;c.d;version=\"[1.0,2)\";resolution:=optional , e ; x:Version = 3");

        assertThat(clauses)
                .containsExactly(
                        new ManifestHeader(
                                List.of("a.b", "c.d"), Map.of("version", "[1.0,2)", "resolution:", "optional")),
                        new ManifestHeader(List.of("e"), Map.of("x:Version", "3")));
        assertThat(ManifestHeader.parse("")).isEmpty();
    }
}
