package io.varuna.pluginmanager;

/** What the signature of a jar says. */
sealed interface Signature {
    /** Everything in it is signed by somebody who is trusted here. */
    record Trusted(String signer) implements Signature {}

    /**
     * It is not signed, or by nobody who is trusted here.
     *
     * @param reason continues a sentence that begins with the jar
     */
    record Untrusted(String reason) implements Signature {}

    /** It was changed after it had been signed. */
    record Broken(String reason) implements Signature {}
}
