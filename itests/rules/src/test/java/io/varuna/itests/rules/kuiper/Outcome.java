package io.varuna.itests.rules.kuiper;

/**
 * What came of a case.
 *
 * @param detail what was expected and what came, or why the case cannot be run
 */
record Outcome(Verdict verdict, String detail) {
    static Outcome passed() {
        return new Outcome(Verdict.PASSED, "");
    }

    static Outcome failed(String detail) {
        return new Outcome(Verdict.FAILED, detail);
    }

    static Outcome notApplicable(String why) {
        return new Outcome(Verdict.NOT_APPLICABLE, why);
    }

    static Outcome of(boolean passed, String expected, String actual) {
        return passed ? passed() : failed("expected " + expected + " but was " + actual);
    }
}
