package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code VARUNA_PROFILE} chooses options of Java; what is not there is refused before anything starts. */
class ProfileOfJavaIT {
    private static final Path HOME = Container.unpack("profile-of-java");

    private static ScriptRun flags(String profile, String options) throws IOException, InterruptedException {
        return ScriptRun.of(
                HOME, Map.of("VARUNA_PROFILE", profile, "JAVA_OPTS", "-XX:+PrintFlagsFinal " + options), "version");
    }

    private static void assertFlag(ScriptRun answer, String name, String value) {
        assertThat(answer.text()).containsPattern("\\b" + name + " += " + value + "\\b");
    }

    @Test
    void usualOptionsUseBothCompilers() throws Exception {
        ScriptRun answer = flags("", "");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertFlag(answer, "TieredStopAtLevel", "4");
        assertFlag(answer, "MaxNewSize", "8388608");
        assertFlag(answer, "ArchiveRelocationMode", "0");
        assertFlag(answer, "CompileThresholdScaling", "10\\.0+");
    }

    @Test
    void smallOneHasTheQuickCompilerOnlyAndOptionsOfTheUserWin() throws Exception {
        ScriptRun answer = flags("small", "-Xmn2m");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertFlag(answer, "TieredStopAtLevel", "1");
        assertFlag(answer, "MaxNewSize", "2097152");
        assertFlag(answer, "CompileThresholdScaling", "10\\.0+");
        assertFlag(answer, "UseSerialGC", "true");
    }

    @Test
    void unknownOneIsRefusedWithTheReason() throws Exception {
        ScriptRun answer = flags("tiny", "");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .contains("VARUNA_PROFILE is 'tiny', but there is no '"
                        + HOME.toRealPath().resolve("etc/jvm-tiny.options") + "'");
    }
}
