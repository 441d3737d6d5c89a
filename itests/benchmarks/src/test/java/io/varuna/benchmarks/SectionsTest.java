package io.varuna.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.benchmarks.pipeline.Trial;
import io.varuna.benchmarks.report.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionsTest {
    @Test
    void everySubjectHasAnIdOfItsOwn() {
        List<String> ids = Sections.all().stream()
                .flatMap(section -> section.subjects().stream())
                .map(Subject::id)
                .toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(Sections.subject(id).id()).isEqualTo(id));
    }

    @Test
    void pageOfTheProjectSaysWhatTheSectionsSay() throws Exception {
        String page = Files.readString(Path.of("../../docs/performance.md"));
        assertThat(Sections.all()).isNotEmpty().allSatisfy(section -> assertThat(page)
                .contains("### " + section.chapter().title() + "\n\n"
                        + section.chapter().text() + "\n\n"));
    }

    @Test
    void subjectIsMeasured() throws Exception {
        Subject subject = Sections.subject("memory/small/varuna");
        try (Trial trial = subject.trial().call()) {
            Measurement measured = new Meter(Effort.SMOKE).measure(subject.id(), trial);
            assertThat(measured.nanos()).hasSize(1).allMatch(nanos -> nanos > 0);
            assertThat(measured.bytes()).isNotNegative();
        }
    }

    @Test
    void subjectIsMeasuredInTurnsWithAnother() throws Exception {
        Subject subject = Sections.subject("memory/small/varuna");
        try (Trial trial = subject.trial().call();
                Trial other = subject.trial().call()) {
            Measurement measured = new Meter(Effort.SMOKE).compare(subject.id(), trial, other);
            assertThat(measured.nanos()).isNotEmpty().allMatch(nanos -> nanos > 0);
            assertThat(measured.figures()).containsKey("nanosMore");
        }
    }

    @Test
    void subjectIsMeasuredInAProcessOfItsOwn() throws Exception {
        assertThat(Fork.run(Sections.subject("memory/small/limit"), "smoke"))
                .hasValueSatisfying(measured -> assertThat(measured.median()).isPositive());
    }
}
