package io.varuna.shell;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.KeyedStateService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about the values that all rules share. */
abstract class StateAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    KeyedStateService state;

    static VarunaException missing(String key) {
        return new VarunaException(
                StandardError.KEY_NOT_FOUND,
                "The keyed state has no key '" + key + "'. See state:list for those that there are.");
    }
}
