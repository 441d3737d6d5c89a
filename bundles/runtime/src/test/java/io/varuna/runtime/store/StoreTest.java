package io.varuna.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private final Path directory;

    StoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void keepsWhatWasPutAcrossAClose() {
        try (Store store = Store.open(directory)) {
            store.streams().put("demo", new StoredStream("CREATE STREAM demo ()", new byte[] {1, 2}));
            store.rules().put("r1", new StoredRule("{\"id\":\"r1\"}", new byte[] {3}, "f"));
            store.checkpoints().save("r1", new byte[] {4});
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.streams().names()).containsExactly("demo");
            assertThat(store.streams().get("demo")).hasValueSatisfying(stream -> {
                assertThat(stream.statement()).isEqualTo("CREATE STREAM demo ()");
                assertThat(stream.definition()).containsExactly(1, 2);
            });
            assertThat(store.rules().get("r1")).hasValueSatisfying(rule -> {
                assertThat(rule.document()).isEqualTo("{\"id\":\"r1\"}");
                assertThat(rule.plan()).containsExactly(3);
                assertThat(rule.fingerprint()).isEqualTo("f");
            });
            assertThat(store.checkpoints().load("r1"))
                    .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(4));
        }
    }

    @Test
    void forgetsWhatWasRemoved() {
        try (Store store = Store.open(directory)) {
            store.rules().put("r1", new StoredRule("{}", new byte[0], ""));
            store.rules().remove("r1");
            store.checkpoints().save("r1", new byte[] {4});
            store.checkpoints().delete("r1");
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.rules().isEmpty()).isTrue();
            assertThat(store.checkpoints().load("r1")).isEmpty();
        }
    }

    @Test
    void keepsTextsLongerThan64KiB() {
        String document = "{\"sql\":\"" + "x".repeat(200_000) + "é\"}";
        try (Store store = Store.open(directory)) {
            store.rules().put("long", new StoredRule(document, new byte[0], ""));
        }
        try (Store store = Store.open(directory)) {
            assertThat(store.rules().get("long").map(StoredRule::document)).contains(document);
        }
    }

    @Test
    void saysThatAnotherProcessUsesTheStore() {
        try (Store store = Store.open(directory)) {
            assertThat(store.rules().isEmpty()).isTrue();
            assertThatThrownBy(() -> Store.open(directory))
                    .isInstanceOf(VarunaException.class)
                    .hasMessageContaining("definitions.mv' is in use by another process")
                    .hasMessageContaining("VARUNA_STORE");
        }
    }

    @Test
    void saysThatAFileIsDamaged() throws IOException {
        try (Store store = Store.open(directory)) {
            store.rules().put("r1", new StoredRule("{}", new byte[0], ""));
        }
        Files.writeString(directory.resolve("definitions.mv"), "this is no store\n".repeat(1000));

        assertThatThrownBy(() -> Store.open(directory))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("definitions.mv' ")
                .hasMessageContaining("damaged");
    }

    @Test
    void releasesTheDefinitionsWhenTheStateIsDamaged() throws IOException {
        Files.writeString(directory.resolve("state.mv"), "this is no store\n".repeat(1000));
        assertThatThrownBy(() -> Store.open(directory)).hasMessageContaining("state.mv");

        Files.delete(directory.resolve("state.mv"));
        Store.open(directory).close();
    }

    @Test
    void refusesAFileOfANewerFormat() {
        Store.open(directory).close();
        try (StoreFile newer = StoreFile.open(directory.resolve("definitions.mv"))) {
            newer.map("format").put("format", new byte[] {99});
            newer.commit();
        }

        assertThatThrownBy(() -> Store.open(directory))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("its format is 99, this version knows formats up to 1");
    }

    @Test
    void saysThatTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> Store.open(file.resolve("store")))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("cannot be made")
                .hasMessageContaining("VARUNA_STORE");
    }

    @Test
    void usesTheSpaceOfFormerCheckpointsAgain() throws IOException {
        byte[] checkpoint = new byte[1_000_000];
        new Random(1).nextBytes(checkpoint);
        try (Store store = Store.open(directory)) {
            for (int i = 0; i < 200; i++) {
                store.checkpoints().save("r" + i % 3, checkpoint);
            }
            assertThat(Files.size(directory.resolve("state.mv"))).isLessThan(20_000_000);
        }
    }

    @Test
    void losesNothingThatWasPutWhenTheProcessIsKilled() throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Path problems = directory.resolve("problems");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        directory.toString())
                .redirectOutput(output.toFile())
                .redirectError(problems.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !writer.isAlive() || Files.readAllLines(output).size() > 50);
        writer.destroyForcibly().waitFor();
        List<String> lines = Files.readString(output).lines().toList();
        assertThat(lines).as(Files.readString(problems)).hasSizeGreaterThan(50);
        // the last line may be cut off
        int written = lines.size() - 1;

        try (Store store = Store.open(directory)) {
            assertThat(store.rules().names()).hasSizeGreaterThanOrEqualTo(written);
            assertThat(store.rules().get("rule" + written).map(StoredRule::document))
                    .contains("{\"number\":" + written + "}");
            for (int owner = 0; owner < EndlessWriter.OWNERS; owner++) {
                assertThat(store.checkpoints().load("rule" + owner)).hasValueSatisfying(EndlessWriter::checkWhole);
            }
        }
    }

    /** Puts rules and checkpoints, and says so, until it is killed. */
    static final class EndlessWriter {
        static final int OWNERS = 7;

        private EndlessWriter() {}

        /** Returns bytes, some more, some less, that are all the same. */
        static byte[] checkpoint(int number) {
            byte[] checkpoint = new byte[1 + number * 7919 % 100_000];
            Arrays.fill(checkpoint, (byte) number);
            return checkpoint;
        }

        static void checkWhole(byte[] checkpoint) {
            byte[] expected = new byte[checkpoint.length];
            Arrays.fill(expected, checkpoint[0]);
            assertThat(checkpoint).isEqualTo(expected);
        }

        public static void main(String[] args) {
            Store store = Store.open(Path.of(args[0]));
            for (int number = 1; true; number++) {
                store.checkpoints().save("rule" + number % OWNERS, checkpoint(number));
                store.rules().put("rule" + number, new StoredRule("{\"number\":" + number + "}", new byte[0], ""));
                System.out.println(number);
            }
        }
    }
}
