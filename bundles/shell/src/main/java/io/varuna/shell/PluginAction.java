package io.varuna.shell;

import io.varuna.api.manage.PluginService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about plugins. */
abstract class PluginAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    PluginService plugins;
}
