package io.varuna.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadDirectoryTest {
    private final Path directory;
    private final UploadDirectory uploads;

    UploadDirectoryTest(@TempDir Path parent) {
        this.directory = parent.resolve("uploads");
        this.uploads = new UploadDirectory(directory, 10, 25);
    }

    @Test
    void filesAreKeptReplacedListedAndRemoved() throws Exception {
        assertThat(uploads.list()).isEmpty();

        Path file = uploads.put("b.txt", content("one"));
        uploads.put("a.txt", content("two"));
        uploads.put("b.txt", content("three"));

        assertThat(file).isEqualTo(directory.resolve("b.txt")).hasContent("three");
        assertThat(uploads.list()).containsExactly(directory.resolve("a.txt"), file);
        assertThat(uploads.remove("b.txt")).isTrue();
        assertThat(uploads.remove("b.txt")).isFalse();
        assertThat(uploads.list()).containsExactly(directory.resolve("a.txt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "../a", "a/b", "/etc/passwd", "a\\b", ".hidden", "a\nb", "a b", "a\u0000", "ä"})
    void namesThatCouldLeadElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> uploads.put(name, content("x")))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("is no name for a file");
        assertThatThrownBy(() -> uploads.remove(name)).isInstanceOf(VarunaException.class);
        assertThat(directory).doesNotExist();
    }

    @Test
    void fileThatIsTooLargeLeavesTheFormerOne() {
        uploads.put("a", content("former"));

        assertThatThrownBy(() -> uploads.put("a", content("12345678901")))
                .hasMessageContaining("'a' is larger than 10 bytes")
                .hasMessageContaining("'file.limit'");

        assertThat(directory.resolve("a")).hasContent("former");
        assertThat(directory)
                .isDirectoryContaining(file -> file.endsWith("a"))
                .isDirectoryNotContaining("glob:**.upload*");
    }

    @Test
    void filesTogetherHaveALimit() {
        uploads.put("a", content("1234567890"));
        uploads.put("b", content("1234567890"));

        assertThatThrownBy(() -> uploads.put("c", content("123456")))
                .hasMessageContaining("larger than 25 bytes together");
        uploads.put("a", content("0987654321"));
        uploads.put("c", content("12345"));
    }

    @Test
    void contentThatEndsEarlyLeavesNothing() {
        InputStream broken = new SequenceInputStream(content("begun"), new FailingStream(() -> {}));

        assertThatThrownBy(() -> uploads.put("a", broken)).hasMessageContaining("gone");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatAnEarlierProcessLeftHalfwayIsRemovedAndNothingElse() throws Exception {
        Instant start = Instant.parse("2026-01-02T00:00:00Z");
        Path outside = Files.writeString(directory.resolveSibling("outside"), "another's");
        Files.createDirectories(directory);
        file(".upload123", start.minusSeconds(1));
        List<Path> kept = List.of(
                file(".upload456", start.plusSeconds(1)),
                file("a.upload123", start.minusSeconds(1)),
                file(".uploads", start.minusSeconds(1)),
                Files.createSymbolicLink(directory.resolve(".upload789"), outside),
                Files.createDirectory(directory.resolve(".upload012")));

        uploads.removeLeftBehind(start);

        assertThat(directory.resolve(".upload123")).doesNotExist();
        assertThat(kept).allSatisfy(file -> assertThat(file).exists());
        assertThat(outside).hasContent("another's");
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "content");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    @Test
    void whatIsOnItsWayHasANameThatIsRemoved() {
        InputStream broken = new FailingStream(() -> {
            assertThat(directory).isNotEmptyDirectory();
            uploads.removeLeftBehind(Instant.now().plusSeconds(60));
            assertThat(directory).isEmptyDirectory();
        });

        assertThatThrownBy(() -> uploads.put("a", broken)).hasMessageContaining("gone");
    }

    @Test
    void linksAreNoUploads() throws Exception {
        Path outside = Files.writeString(directory.resolveSibling("outside"), "secret");
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve("link"), outside);

        assertThat(uploads.list()).isEmpty();
        assertThat(uploads.remove("link")).isFalse();
        uploads.put("link", content("mine"));

        assertThat(outside).hasContent("secret");
    }

    /** A stream that has been closed by the other end. */
    private static final class FailingStream extends FilterInputStream {
        private final Runnable before;

        private FailingStream(Runnable before) {
            super(InputStream.nullInputStream());
            this.before = before;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("gone");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            before.run();
            throw new IOException("gone");
        }
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
