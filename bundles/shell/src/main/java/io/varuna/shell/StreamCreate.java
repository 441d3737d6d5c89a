package io.varuna.shell;

import io.varuna.api.manage.StreamDescription;
import java.io.PrintStream;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "stream",
        name = "create",
        description = "Creates a stream or table",
        detailedDescription =
                """
                Example:
                  stream:create 'CREATE STREAM demo (temperature FLOAT) WITH (DATASOURCE="demo", TYPE="mqtt")'
                """)
@Parsing(UnquotedStatement.class)
public final class StreamCreate extends StreamAction {
    private static final Pattern CREATE = Pattern.compile("\\s*CREATE\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Argument(name = "statement", description = "CREATE STREAM or CREATE TABLE")
    @Completion(SqlCompleter.class)
    @Nullable
    String statement;

    @Option(name = "-f", aliases = "--file", description = "File that has the statement")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Option(name = "-r", aliases = "--replace", description = "Replaces the one of this name if it exists")
    @Nullable
    String replaced;

    @Override
    void run(PrintStream out) throws Exception {
        String text = Texts.argumentOrFile(session, "a CREATE statement", statement, file);
        if (replaced != null) {
            StreamDescription stream = streams.replace(replaced, text);
            out.println("'" + stream.name() + "' is replaced.");
            return;
        }
        if (CREATE.matcher(text).matches()) {
            // says also what rules that read it will wait for
            out.println(streams.execute(text));
        } else {
            // perhaps a comment comes first; other statements must not be carried out here
            StreamDescription stream = streams.create(text);
            out.println("The " + stream.kind().word() + " '" + stream.name() + "' is created.");
        }
    }
}
