package io.varuna.api.plugin;

/** How an instance gets on with the system at the other end. */
public enum ConnectionStatus {
    CONNECTED,
    CONNECTING,
    DISCONNECTED
}
