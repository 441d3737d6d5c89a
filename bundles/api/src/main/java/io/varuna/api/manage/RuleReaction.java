package io.varuna.api.manage;

/** What a change of a plugin means for a rule. */
public enum RuleReaction {
    /** It stays as it is, such as a rule that asks for another version. */
    NONE,
    /** It goes on with the other version, without an end. */
    SWAP,
    /** It waited for this, and starts. */
    START,
    /** It stops, keeping its place, until what it needs is there again. */
    WAIT,
    /** It cannot go on with the other version, and stays with the one it has. */
    REFUSED
}
