package io.varuna.pluginmanager;

import java.nio.file.Path;
import java.util.Optional;

/** Makes what decides about signatures. */
final class Trusts {
    private Trusts() {}

    /** Returns one that trusts those whose certificates are in a directory. */
    static Trust of(Path trusted, SignaturePolicy policy) {
        return new Trust(new Trust.Settings(Optional.of(policy), trusted, ""), () -> true);
    }
}
