package io.varuna.shell;

import io.varuna.api.manage.StreamService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about streams and tables. */
abstract class StreamAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    StreamService streams;
}
