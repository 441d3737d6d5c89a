package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class ResolutionTextTest {
    @Test
    void saysVersionsAsPeopleDo() {
        assertThat(VersionText.brief(Version.parseVersion("2.4.0.beta"))).isEqualTo("2.4");
        assertThat(VersionText.brief(Version.parseVersion("2.4.1"))).isEqualTo("2.4.1");
        assertThat(VersionText.allowed(new VersionRange("[2.4,3)"))).isEqualTo("2.4 or later, below 3.0");
        assertThat(VersionText.allowed(new VersionRange("2.4"))).isEqualTo("2.4 or later");
        assertThat(VersionText.allowed(new VersionRange("[0,3]"))).isEqualTo("up to 3.0");
        assertThat(VersionText.allowed(new VersionRange("[2.4,2.4]"))).isEqualTo("exactly 2.4");
        assertThat(VersionText.unmet(new VersionRange("[2.4,3)"), Version.parseVersion("2.3")))
                .isEqualTo("2.4 or later");
        assertThat(VersionText.unmet(new VersionRange("(2.4,3)"), Version.parseVersion("2.3")))
                .isEqualTo("later than 2.4");
        assertThat(VersionText.unmet(new VersionRange("[1.0,2)"), Version.parseVersion("2.3")))
                .isEqualTo("1.0 or later, below 2.0");
    }

    @Test
    void keepsTheFirstLineOfWhatItDoesNotKnow() {
        assertThat(new ResolutionText(name -> List.of()).explain("'geo' 1.0.0", "Something else\nat many places"))
                .isEqualTo("Plugin 'geo' 1.0.0 cannot be started: Something else");
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
