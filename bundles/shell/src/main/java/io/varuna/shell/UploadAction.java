package io.varuna.shell;

import io.varuna.api.manage.UploadService;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about uploaded files. */
abstract class UploadAction extends VarunaAction {
    @Reference
    @SuppressWarnings("NullAway.Init") // set by the shell
    UploadService uploads;
}
