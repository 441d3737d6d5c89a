package io.varuna.shell;

import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Reads a command whose last argument is a statement in SQL. */
@Service
public final class UnquotedStatement extends UnquotedText {
    public UnquotedStatement() {
        super("(?i:SELECT|WITH|CREATE|DROP|SHOW|DESCRIBE|EXPLAIN)\\s.*");
    }
}
