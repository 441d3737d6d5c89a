package io.varuna.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "upload",
        name = "put",
        description = "Keeps a copy of a file for sources, plugins and certificates, and shows the path that names it")
public final class UploadPut extends UploadAction {
    @Argument(name = "file", description = "The file", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Argument(index = 1, name = "name", description = "Name of the copy; that of the file if it is left out")
    @Nullable
    String name;

    @Override
    void run(PrintStream out) throws CommandException {
        Path path = session.currentDir().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new CommandException("There is no file '" + path + "'.");
        }
        try (InputStream content = Files.newInputStream(path)) {
            out.println(uploads.put(name == null ? String.valueOf(path.getFileName()) : name, content));
        } catch (IOException e) {
            throw new CommandException("The file '" + path + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
