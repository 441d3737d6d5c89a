package io.varuna.pluginmanager;

/** What becomes of a plugin that nobody trusted has signed. */
enum SignaturePolicy {
    /** It is refused. */
    ENFORCE,
    /** It is installed, and the log says so. */
    WARN,
    /** It is installed; signatures are not looked at. */
    OFF
}
