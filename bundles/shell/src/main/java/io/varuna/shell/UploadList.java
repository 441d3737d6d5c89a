package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
        scope = "upload",
        name = "list",
        description =
                "Lists the files that are kept for sources, plugins and certificates, by the paths that name them")
public final class UploadList extends UploadAction {
    @Override
    void run(PrintStream out) {
        uploads.list().forEach(out::println);
    }
}
