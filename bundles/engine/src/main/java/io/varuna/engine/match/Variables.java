package io.varuna.engine.match;

import java.util.List;

/** Some variables of a pattern, by number. */
record Variables(long set) {
    static final Variables ALL = new Variables(-1);

    /** Returns those with the names, or all if there are none. */
    static Variables of(List<String> names, List<String> all) {
        if (names.isEmpty()) {
            return ALL;
        }
        long set = 0;
        for (String name : names) {
            set |= 1L << all.indexOf(name);
        }
        return new Variables(set);
    }

    boolean contains(int variable) {
        return (set & (1L << variable)) != 0;
    }
}
