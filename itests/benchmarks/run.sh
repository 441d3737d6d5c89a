#!/bin/sh
# Measures everything and writes docs/performance.md; what has changed is built before.
#
#   itests/benchmarks/run.sh [--quick | --smoke] [--only prefix] [--out directory] [--external command]
#   itests/benchmarks/run.sh --jmh [arguments of JMH]
#   itests/benchmarks/run.sh --swap [--memory | --assembly] [records a second] [times]
#
# With --external (or the variable VARUNA_EXTERNAL) another engine is measured, too: a command of the shell that gets the messages as
# lines of JSON on its standard input, answers the query of docs/performance.md, and prints each result as a line. Its processor
# time counts, with that of its start; a command with another number of results is not measured.
#
# What has a name that begins with "distribution" starts karaf-assembly/target/assembly in processes of its own (Linux only). The
# tests of this module do so too, with few rules and messages, to see that no result is missing; where it is not built they leave
# it out.
#
# --quick takes minutes instead of half an hour; --only memory/small measures what has such a name. With --jmh parts of the
# engine are measured by JMH, which has profilers: itests/benchmarks/run.sh --jmh Decode -prof gc. With --swap the plugins of a
# rule are exchanged while it runs, and the pauses are printed; with --memory what the process holds before, after a tenth of
# the exchanges, and at the end; with --assembly both are measured in the built distribution, started as a process of its own,
# with bundles that are upgraded and taken back by REST.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
mvn -q -B -DskipTests -Dspotless.check.skip -pl itests/benchmarks,karaf-assembly -am install
classpath=itests/benchmarks/target/classpath
mvn -q -B -f itests/benchmarks/pom.xml dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$root/$classpath"
main=io.varuna.benchmarks.Benchmarks
if [ "${1:-}" = --jmh ]; then
    shift
    main=org.openjdk.jmh.Main
elif [ "${1:-}" = --swap ]; then
    shift
    main=io.varuna.benchmarks.swap.Swaps
    if [ "${1:-}" = --assembly ]; then
        shift
        set -- --assembly karaf-assembly/target/varuna-karaf-assembly-*.tar.gz "$@"
    fi
fi
if [ "$main" = io.varuna.benchmarks.Benchmarks ]; then
    for argument in "$@"; do
        shift
        if [ "${external:-}" = next ]; then
            VARUNA_EXTERNAL=$argument
            export VARUNA_EXTERNAL
            external=
        elif [ "$argument" = --external ]; then
            external=next
        else
            set -- "$@" "$argument"
        fi
    done
fi
exec java -cp "itests/benchmarks/target/classes:$(cat "$classpath")" "$main" "$@"
