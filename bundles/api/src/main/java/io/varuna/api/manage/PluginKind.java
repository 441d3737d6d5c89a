package io.varuna.api.manage;

/** What a plugin can offer. */
public enum PluginKind {
    SOURCE("sources"),
    SINK("sinks"),
    LOOKUP("lookups"),
    CODEC("codecs"),
    CONNECTION("connections"),
    FUNCTION("functions");

    private final String plural;

    PluginKind(String plural) {
        this.plural = plural;
    }

    /** Returns the name in paths of the REST interface. */
    public String plural() {
        return plural;
    }
}
