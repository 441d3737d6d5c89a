#!/bin/sh
# Measures everything and writes docs/performance.md; what has changed is built before.
#
#   itests/benchmarks/run.sh [--quick | --smoke] [--only prefix] [--out directory]
#   itests/benchmarks/run.sh --jmh [arguments of JMH]
#   itests/benchmarks/run.sh --swap [--memory] [records a second] [times]
#
# --quick takes minutes instead of half an hour; --only memory/small measures what has such a name. With --jmh parts of the
# engine are measured by JMH, which has profilers: itests/benchmarks/run.sh --jmh Decode -prof gc. With --swap the plugins of a
# rule are exchanged while it runs, and the pauses are printed; with --memory what the process holds before, after a tenth of
# the exchanges, and at the end.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
mvn -q -B -DskipTests -Dspotless.check.skip -pl itests/benchmarks -am install
classpath=itests/benchmarks/target/classpath
mvn -q -B -f itests/benchmarks/pom.xml dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile="$root/$classpath"
main=io.varuna.benchmarks.Benchmarks
if [ "${1:-}" = --jmh ]; then
    shift
    main=org.openjdk.jmh.Main
elif [ "${1:-}" = --swap ]; then
    shift
    main=io.varuna.benchmarks.swap.Swaps
fi
exec java -cp "itests/benchmarks/target/classes:$(cat "$classpath")" "$main" "$@"
