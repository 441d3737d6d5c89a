package io.varuna.api.manage;

/** The state of a rule. */
public enum RuleState {
    STOPPED("stopped"),
    STARTING("starting"),
    RUNNING("running"),
    /** Wants to run, and will by itself as soon as what it waits for is there, such as a plugin. */
    WAITING("waiting"),
    STOPPING("stopping"),
    /** Stopped between two runs of its schedule. */
    SCHEDULED("stopped: waiting for next schedule."),
    FAILED("stopped by error");

    private final String text;

    RuleState(String text) {
        this.text = text;
    }

    /** Returns the state in the words of the REST interface. */
    public String text() {
        return text;
    }
}
