package io.varuna.shell;

import io.varuna.api.error.VarunaException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** A command. What it cannot do it says in words; a stack trace would help nobody who types. */
abstract class VarunaAction implements Action {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    Session session;

    @Override
    public final @Nullable Object execute() throws Exception {
        try {
            // the shell leads System.out of each command to where its output belongs, such as a pipe
            run(System.out);
            return null;
        } catch (VarunaException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    abstract void run(PrintStream out) throws Exception;
}
