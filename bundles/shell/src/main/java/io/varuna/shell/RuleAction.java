package io.varuna.shell;

import io.varuna.api.manage.RuleService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about rules. */
abstract class RuleAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    RuleService rules;
}
