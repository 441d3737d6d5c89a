package io.varuna.shell;

import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleSummary;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the ids of rules. */
@Service
public final class RuleCompleter implements Completer {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    RuleService rules;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(rules.list().stream().map(RuleSummary::id).toList())
                .complete(session, commandLine, candidates);
    }
}
