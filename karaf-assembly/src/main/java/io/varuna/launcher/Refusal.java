package io.varuna.launcher;

/** Says why a command is not carried out, in words for the terminal. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
