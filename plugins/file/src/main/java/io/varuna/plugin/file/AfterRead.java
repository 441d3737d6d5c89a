package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What becomes of a file whose records are safe. */
sealed interface AfterRead {
    /** Deals with a file. */
    void apply(Path file) throws IOException;

    /** Returns the action for eKuiper's number. */
    static AfterRead of(int action, String moveTo, FileAccess access, String where) {
        return switch (action) {
            case 0 -> new Keep();
            case 1 -> new Delete();
            case 2 -> {
                if (moveTo.isBlank()) {
                    throw invalid(where + " needs 'moveTo', the directory for files that were read");
                }
                yield new Move(access.resolve(moveTo, StandardError.INVALID_PROPERTY));
            }
            default -> throw invalid(
                    where + " has 'actionAfterRead' " + action + ". It takes 0 (keep), 1 (delete) or 2 (move)");
        };
    }

    private static VarunaException invalid(String message) {
        return new VarunaException(StandardError.INVALID_PROPERTY, message);
    }

    /** Leaves the file where it is. */
    record Keep() implements AfterRead {
        @Override
        public void apply(Path file) {
            // that is all
        }
    }

    /** Deletes the file. */
    record Delete() implements AfterRead {
        @Override
        public void apply(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Moves the file, under another name if there is one of its name already. */
    record Move(Path directory) implements AfterRead {
        @Override
        public void apply(Path file) throws IOException {
            Files.createDirectories(directory);
            String name = String.valueOf(file.getFileName());
            int number = 0;
            Path target = directory.resolve(name);
            while (Files.exists(target)) {
                number++;
                target = directory.resolve(name + "." + number);
            }
            Files.move(file, target);
        }
    }
}
