package io.varuna.shell;

import io.varuna.api.manage.DataService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about all that is configured. */
abstract class DataAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    DataService data;
}
