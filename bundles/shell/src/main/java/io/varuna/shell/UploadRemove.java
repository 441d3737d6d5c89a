package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "upload", name = "remove", description = "Removes a file that is kept")
public final class UploadRemove extends UploadAction {
    @Argument(name = "name", description = "Name of the file", required = true)
    @Completion(UploadCompleter.class)
    String name = "";

    @Override
    void run(PrintStream out) {
        if (!uploads.remove(name)) {
            throw new VarunaException(
                    StandardError.KEY_NOT_FOUND,
                    "There is no uploaded file '" + name + "'. See upload:list for those that there are.");
        }
        out.println("The file '" + name + "' is removed.");
    }
}
