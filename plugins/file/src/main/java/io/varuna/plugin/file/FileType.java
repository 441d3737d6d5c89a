package io.varuna.plugin.file;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is in a file that is read. */
enum FileType {
    JSON,
    CSV,
    LINES,
    RAW;

    static FileType of(String name, String where) {
        for (FileType type : values()) {
            if (type.word().equals(name)) {
                return type;
            }
        }
        throw new VarunaException(
                StandardError.INVALID_PROPERTY,
                where + " has 'fileType' '" + name + "'. It takes: "
                        + Arrays.stream(values()).map(FileType::word).collect(Collectors.joining(", ")));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
