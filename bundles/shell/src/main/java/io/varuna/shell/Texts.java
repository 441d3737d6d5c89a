package io.varuna.shell;

import io.varuna.api.error.NearestName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
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
        throw new CommandException("Give either " + what + ", or -f and a file that has it.");
    }

    /** Returns words for a name that is not known, after a message without a period. */
    static String instead(String name, Collection<String> known) {
        return suggestion(name, known) + " There are: "
                + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known)));
    }

    /** The same, without a list of all that there are. */
    static String suggestion(String name, Collection<String> known) {
        return "." + NearestName.question(name, known);
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

    /** Shows a document, or writes it into a file if there is one to write. */
    static void showOrWrite(Session session, PrintStream out, String document, @Nullable String file)
            throws CommandException {
        if (file == null) {
            out.println(document);
            return;
        }
        Path path = session.currentDir().resolve(file);
        try {
            Files.writeString(path, document);
        } catch (IOException e) {
            throw new CommandException("The file '" + path + "' cannot be written: " + e.getMessage() + ".", e);
        }
        out.println("Written to '" + path + "'.");
    }

    /**
     * Fails if something was refused, naming all of it.
     *
     * @param refused reasons by name
     * @param lead what the names come after
     */
    static void checkImported(Map<String, String> refused, String lead) throws CommandException {
        if (refused.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder(lead);
        refused.forEach((name, reason) -> message.append(System.lineSeparator())
                .append('\'')
                .append(name)
                .append("': ")
                .append(reason));
        throw new CommandException(message.toString());
    }
}
