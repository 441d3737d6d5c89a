package io.varuna.shell;

import io.varuna.api.manage.UploadService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of uploaded files. */
@Service
public final class UploadCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    UploadService uploads;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        List<String> names = uploads.list().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
        return new StringsCompleter(names).complete(session, commandLine, candidates);
    }
}
