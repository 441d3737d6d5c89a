package io.varuna.engine;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a rule tells its listener. */
final class RuleEvents implements RuleListener {
    final List<String> told = new ArrayList<>();

    @Override
    public void ended(String message) {
        told.add(message);
    }

    @Override
    public void failed(Exception cause) {
        told.add("failed: " + cause.getMessage());
    }
}
