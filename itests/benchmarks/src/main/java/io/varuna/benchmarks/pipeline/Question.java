package io.varuna.benchmarks.pipeline;

/** The query that all pipelines answer. Two of five messages pass. */
public final class Question {
    public static final String STREAM =
            "CREATE STREAM demo () WITH (DATASOURCE=\"demo\", TYPE=\"feed\", FORMAT=\"json\", SHARED=\"TRUE\")";
    public static final String SQL =
            "SELECT temperature * 1.8 + 32 AS f, humidity FROM demo WHERE temperature > 20 AND status = 'ok'";

    private Question() {}
}
