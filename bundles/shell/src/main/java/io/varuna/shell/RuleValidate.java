package io.varuna.shell;

import io.varuna.api.manage.RuleValidation;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;

@Service
@Command(scope = "rule", name = "validate", description = "Checks a rule without creating it")
@Parsing(UnquotedJson.class)
public final class RuleValidate extends RuleAction {
    @Argument(name = "rule", description = "The rule as JSON")
    @Nullable
    String rule;

    @Option(name = "-f", aliases = "--file", description = "File that has the rule")
    @Completion(FileCompleter.class)
    @Nullable
    String file;

    @Override
    void run(PrintStream out) throws Exception {
        RuleValidation validation = rules.validate(Texts.argumentOrFile(session, "a rule", rule, file));
        if (!validation.valid()) {
            throw new CommandException(validation.message());
        }
        out.println("The rule is valid. It reads: " + String.join(", ", validation.sources()));
        if (!validation.message().isEmpty()) {
            out.println(validation.message());
        }
    }
}
