package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.plugin.mysql.MariaDbServer;
import io.varuna.plugin.mysql.UsesMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the tutorial for authors of plugins gets what it says. */
@UsesMariaDb
class TutorialIT {
    private static final Path PAGE = Path.of(System.getProperty("varuna.manual", ""), "plugin-tutorial.md");

    @Test
    void everyStepOfThePageWorks(@TempDir Path work) throws Exception {
        List<ManualStep> steps = ManualStep.of(Files.readAllLines(PAGE));
        assertThat(steps).hasSizeGreaterThan(20);
        try (MariaDbServer database = Databases.start("tutorial");
                Container container = Container.startDemonstration("tutorial")) {
            Reader reader = new Reader(work, container.rest().port(), database);
            steps.forEach(reader::take);
        }
    }
}
