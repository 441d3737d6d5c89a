#!/bin/sh
# Measures everything and writes docs/performance.md; what has changed is built before.
#
#   itests/benchmarks/run.sh [--quick | --smoke] [--only prefix] [--out directory]
#
# --quick takes minutes instead of half an hour; --only memory/small measures what has such a name.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
mvn -q -B -DskipTests -Dspotless.check.skip -pl itests/benchmarks -am install
classpath=itests/benchmarks/target/classpath
mvn -q -B -f itests/benchmarks/pom.xml dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile="$root/$classpath"
exec java -cp "itests/benchmarks/target/classes:$(cat "$classpath")" io.varuna.benchmarks.Benchmarks "$@"
