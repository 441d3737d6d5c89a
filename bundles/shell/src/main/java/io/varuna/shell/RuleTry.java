package io.varuna.shell;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.TrialService;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(
        scope = "rule",
        name = "try",
        description = "Tries a rule, with records of your own if you like, and shows its results until Ctrl-C",
        detailedDescription =
                """
                The trial is what REST takes at /ruletest: "id", "sql", "mockSource", "sinkProps",
                "options". Nothing is stored.

                Example:
                  rule:try '{"id": "t1", "sql": "SELECT a + 1 FROM demo",
                    "mockSource": {"demo": {"data": [{"a": 1}]}}}'
                """)
@Parsing(UnquotedJson.class)
public final class RuleTry extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    TrialService trials;

    @Argument(name = "trial", description = "The trial as JSON")
    @Nullable
    String trial;

    @Option(name = "-f", aliases = "--file", description = "File that has the trial")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Option(name = "-n", aliases = "--count", description = "Ends after this many results")
    @Nullable
    String count;

    @Override
    void run(PrintStream out) throws Exception {
        long most = LiveOutput.count(count);
        String id = trials.create(Texts.argumentOrFile(session, "a trial", trial, file));
        try {
            LiveOutput.printToEnd(
                    out,
                    (listener, ended) -> {
                        AutoCloseable listening = trials.listen(id, listener, ended);
                        trials.start(id);
                        return listening;
                    },
                    most);
        } finally {
            remove(id);
        }
    }

    private void remove(String id) {
        try {
            trials.remove(id);
        } catch (VarunaException e) {
            // its time was over
        }
    }
}
