package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code VARUNA_PROFILE} chooses options of Java; what is not there is refused before anything starts. */
class ProfileOfJavaIT {
    private static final Path HOME = Container.unpack("profile-of-java");

    private record Answer(int exitCode, String text) {}

    private static Answer flags(String profile, String options) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(HOME.resolve("bin/varuna").toString(), "version").redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("VARUNA_PROFILE", profile);
        builder.environment().put("JAVA_OPTS", "-XX:+PrintFlagsFinal " + options);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private static void assertFlag(Answer answer, String name, String value) {
        assertThat(answer.text()).containsPattern("\\b" + name + " += " + value + "\\b");
    }

    @Test
    void usualOptionsUseBothCompilers() throws Exception {
        Answer answer = flags("", "");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertFlag(answer, "TieredStopAtLevel", "4");
        assertFlag(answer, "MaxNewSize", "8388608");
        assertFlag(answer, "ArchiveRelocationMode", "0");
        assertFlag(answer, "CompileThresholdScaling", "10\\.0+");
    }

    @Test
    void smallOneHasTheQuickCompilerOnlyAndOptionsOfTheUserWin() throws Exception {
        Answer answer = flags("small", "-Xmn2m");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertFlag(answer, "TieredStopAtLevel", "1");
        assertFlag(answer, "MaxNewSize", "2097152");
        assertFlag(answer, "CompileThresholdScaling", "10\\.0+");
        assertFlag(answer, "UseSerialGC", "true");
    }

    @Test
    void unknownOneIsRefusedWithTheReason() throws Exception {
        Answer answer = flags("tiny", "");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .contains("VARUNA_PROFILE is 'tiny', but there is no '"
                        + HOME.toRealPath().resolve("etc/jvm-tiny.options") + "'");
    }
}
