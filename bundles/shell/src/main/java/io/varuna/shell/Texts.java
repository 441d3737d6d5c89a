package io.varuna.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Texts that are typed, or read from a file. */
final class Texts {
    private Texts() {}

    /** Returns the one of an argument and the content of a file that was given. */
    static String argumentOrFile(Session session, String what, @Nullable String argument, @Nullable String file)
            throws CommandException {
        if (argument != null && file == null) {
            return argument;
        }
        if (argument == null && file != null) {
            return read(session, file);
        }
        throw new CommandException("Give either " + what + " in single quotes, or -f and a file that has it.");
    }

    static String read(Session session, String file) throws CommandException {
        Path path = session.currentDir().resolve(file);
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new CommandException("There is no file '" + path + "'.", e);
        } catch (IOException e) {
            throw new CommandException("The file '" + path + "' cannot be read as text: " + e.getMessage() + ".", e);
        }
    }
}
