package io.varuna.itests.rules;

/**
 * A query of streams and the same one of tables.
 *
 * @param windowed whether it works on the rows of an hour, in event time
 * @param ordered whether the order of its results is that of the database
 */
record ComparedQuery(String rule, String database, boolean windowed, boolean ordered) {
    static ComparedQuery ofRows(String rule, String database) {
        return new ComparedQuery(rule, StandardForms.ofDatabase(database), false, false);
    }

    static ComparedQuery ofWindow(String rule, String database) {
        return new ComparedQuery(rule, StandardForms.ofDatabase(database), true, false);
    }

    static ComparedQuery ofOrder(String rule, String database) {
        return new ComparedQuery(rule, database, true, true);
    }
}
