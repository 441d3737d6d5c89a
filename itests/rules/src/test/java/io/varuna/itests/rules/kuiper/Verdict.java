package io.varuna.itests.rules.kuiper;

/** What came of a case. */
enum Verdict {
    PASSED("passed"),
    FAILED("failed"),
    /** It differs, and a row of the table of differences says why. */
    DIFFERENT("different on purpose"),
    /** It is about something inside of eKuiper, or needs what does not exist here. */
    NOT_APPLICABLE("not applicable");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
