package io.varuna.shell;

import io.varuna.api.manage.FunctionService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about functions. */
abstract class FunctionAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    FunctionService functions;
}
