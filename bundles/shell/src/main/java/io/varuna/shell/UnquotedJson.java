package io.varuna.shell;

import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Reads a command whose last argument is an object in JSON. */
@Service
public final class UnquotedJson extends UnquotedText {
    public UnquotedJson() {
        super("\\{.*");
    }
}
