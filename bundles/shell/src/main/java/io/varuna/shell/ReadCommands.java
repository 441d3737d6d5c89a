package io.varuna.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.ShellUtil;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;

@Service
@Command(
        scope = "varuna",
        name = "read-commands",
        description = "Carries out commands, one a line, until the end of the input",
        detailedDescription =
                """
                A shell whose input is a file or a pipe does this by itself.
                """)
public final class ReadCommands extends VarunaAction {
    /**
     * Reads as Karaf's own loop does, but asks for no masking of what is typed: where the terminal cannot move its cursor, JLine
     * masks by writing the prompt every few milliseconds, into whatever file the output is.
     */
    @Override
    void run(PrintStream out) throws Exception {
        if (!(session.get(".jline.reader") instanceof LineReader reader)) {
            throw new CommandException("There is no terminal to read commands from.");
        }
        String prompt = session.get("PROMPT") instanceof String text ? text : "> ";
        while (true) {
            try {
                session.execute(reader.readLine(prompt));
            } catch (EndOfFileException e) {
                return;
            } catch (UserInterruptException | InterruptedException ctrlC) {
                // Ctrl-C ends what is being typed or carried out, and no more than that
            } catch (Exception e) {
                ShellUtil.logException(session, e);
            }
        }
    }
}
