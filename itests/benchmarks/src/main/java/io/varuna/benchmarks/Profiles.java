package io.varuna.benchmarks;

import io.varuna.benchmarks.message.Shape;

/**
 * Where the time and the memory go, and what keeps a figure from a goal that is hard to reach. Shares are of profiles that were taken
 * on the day that the text says, so they stay true when the figures beside them are measured again; who changes what they are
 * about takes new ones. A profiler of Java alone misses what other threads and the system do: where there are several threads,
 * the shares are the system's samples of them.
 */
final class Profiles {
    static final String FILES =
            """
            Of our processor time 60 % is the thread of the rule, in which two thirds are decoding and a tenth each finding the
            lines, and taking them one by one; 16 % the thread of the sink, half of it encoding; 5 % threads that wake each other
            and go to sleep; 6 % the system's reading, 5 % its writing; 4 % the compilers of the JVM (samples of all threads on
            29 November 2026; the rest is what else the system does, and a timer).

            What distinguishes it from the loop by hand is above all that it has two threads: rows are copied for the second one.
            It is not woken for each batch, of 256 lines at most, but for some hundred results, or after five milliseconds, as long as
            the source has more at hand; that took a tenth off, as waking and sleeping had been an eighth of the time.
            In return for the second thread a slow disk behind the sink does not hold up the source at once. The loop by hand has one
            thread, takes the order of the names for granted, and checks no value; 13 % of its time is the system's.

            Until all of it is compiled, which takes some ten million lines, a line costs two or three times as much: the compilers
            of the JVM then use as much time as the rule, on another processor. Runs that waited for them to end gave 0.5 to 0.7 of
            the speed by hand; runs that counted them, because the JVM tells the time of a method only when it is compiled, gave half
            of that.""";

    static final String EXPRESSIONS =
            """
            Of the time of the cheap query a quarter each is the comparison of the status and computing both columns, of which packing
            and unpacking numbers is the most, a sixth each the comparison of the temperature and the benchmark's own reading of
            the results; the rest is what a batch costs (profile of 29 November 2026).

            Numbers of all rows are compared several at once; only where the next row that passes is noted depends on how many
            passed before. Texts, and numbers of the rows that another condition left, are looked up one after the other. The more
            a query computes, the greater is the difference to closures. These do less: they know neither NULL nor failures. They
            differ more than loops from run to run, by a third with other work on the machine.""";

    static final String DISTRIBUTION =
            """
            The distribution is started by its script, with a store of its own and a bundle cache that is there. *Seconds* are from
            the start of the process to the first result of a stored rule that it sends by HTTP: with this rule alone, and with
            1 000 others. Then one rule reads MQTT with QoS 0 and answers the query above: a minute after the start *idle*, without
            messages, with a *few*, 10 a second, and at *full load*. Processor time is in hundredths of a core. `varuna archive` is
            run once, in a copy of the distribution.

            What keeps a start from two seconds is loading classes and running what each of them does once. Of its processor time 58 % are
            three threads that take turns: the one that starts Java and the container with 18 %, the one that starts bundles with 30 %, the
            one that hands out configurations with 10 %. Only 15 % are the JVM's two compilers', since what runs a few times only is not
            compiled (they were 47 % before), and 7 % its garbage collector's (times of all threads, 29 November 2026). 8 000 classes are
            loaded: 3 500 are read from bundles, 2 000 from Java's modules and the container's jars, and 1 200 are in Java's archive; most
            others are made at run time, for lambdas above all. `varuna archive` puts some 5 000 into an archive of their own, which takes a
            sixth off the processor time. When what is there is said, step by step, in
            [operations.md](operations.md#where-the-start-time-goes).

            What keeps the memory above 100 MB are classes: with their names, Java's own archive of classes, and files of Java that
            the system shares with other processes, they are more than 80 MB (29 November 2026, see
            [operations.md](operations.md#where-the-memory-is)). Of the heap 19 MB stay alive, with a small rule without MQTT too,
            so no 100 MB are left before any code is compiled. An archive of all classes takes 23 MB off what the process has for
            itself, but not off what is resident: its pages are, as long as there is room.

            Without messages timers of Java and of the container wake up some twenty times a second; a message that comes alone wakes
            two threads.""";

    private static final String SMALL_IN_MEMORY =
            """
            Of a rule's time 63 % is decoding, 19 % encoding, 9 % the condition, computing, and finding the columns of the result,
            7 % taking messages one by one and handing on batches, 2 % giving results to the sink (profile of 29 November 2026).

            What keeps it near 0.6 of the speed by hand, and near five times that of Jackson and maps, is decoding: it takes about
            as long as the loop by hand takes for everything. That loop takes the order of the names for granted, checks neither
            digits nor characters, and puts no value into a column, for it has no other rule to serve. With small messages the time
            is in values, not in bytes, so there is little that can be compared at a stretch; with large ones it is the other way
            round. Four short runs of the same code, with other work on the machine, gave 0.59 to 0.73 x of the speed by hand and
            5.0 to 6.5 x that of Jackson and maps.""";

    private static final String DECODING_SMALL =
            """
            Of the time 32 % compares names and punctuation with the pattern of earlier messages, 24 % reads numbers, 9 % checks
            texts, 4 % hands over values, 3 % looks whether a value is the usual one; 24 % is choosing for each value how to read
            it, and beginning and ending messages; the rest is the benchmark's own loop (profile of 29 November 2026).

            What keeps it near four times the speed of Jackson is that a message of 83 bytes has work for each of five values
            and little between them. The loop by hand above, which checks nothing, needs four fifths of its time for the same
            and the condition; that is 0.8 to 1.0 of what decoding takes here, so the goal asks for checks that cost next to
            nothing. Four short runs of the same code, with other work on the machine, gave 2.8 to 5.4 x.""";

    private static final String DECODING_LARGE =
            """
            Of the time 58 % compares stretches of the message with the pattern of earlier ones, eight bytes at a time; the rest is
            spread over the values that are written another way in one message of ten, or that somebody asks for (profile of
            29 November 2026).""";

    private Profiles() {}

    /** Returns what is said about rules that read messages of this shape from memory; empty if there is nothing. */
    static String memory(Shape shape) {
        return shape == Shape.SMALL ? "\n\n" + SMALL_IN_MEMORY : "";
    }

    static String decoding(Shape shape) {
        return shape == Shape.SMALL ? DECODING_SMALL : DECODING_LARGE;
    }
}
