#!/bin/sh
# Starts the built distribution with an empty and then with a filled bundle cache, and prints for each how long it took
# until REST answered and how much memory and processor time it used until it was idle. Linux only (/proc).
#
#   itests/benchmarks/start.sh [directory of the distribution]
#
# Exits with 1 when the second start misses the budget: 3000 ms to the first answer, 160 MB resident when idle.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
home=${1:-$root/karaf-assembly/target/assembly}
port=${VARUNA_PORT:-19081}
idle=${IDLE_SECONDS:-10}
budget_millis=3000
budget_megabytes=160

work=$(mktemp -d)
process=
trap 'if [ -n "$process" ]; then kill "$process" 2> /dev/null || true; fi; rm -rf "$work"' EXIT INT TERM

millis() {
    echo $(($(date +%s%N) / 1000000))
}

# processor time of the process so far, in milliseconds
processor() {
    awk -v ticks="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1000 / ticks }' "/proc/$process/stat"
}

start() {
    began=$(millis)
    VARUNA_DATA=$work/data VARUNA_STORE=$work/store VARUNA_PORT=$port "$home/bin/varuna" server > "$work/out" 2>&1 &
    process=$!
    until curl -s -f -m 2 -o "$work/answer" "http://127.0.0.1:$port/ping"; do
        if [ ! -d "/proc/$process" ] || [ $(($(millis) - began)) -gt 60000 ]; then
            cat "$work/out" >&2
            echo "The distribution in '$home' does not answer on port $port." >&2
            exit 1
        fi
        sleep 0.02
    done
    answered=$(($(millis) - began))
    used=$(processor)
    sleep "$idle"
    megabytes=$(($(awk '/^VmRSS:/ { print $2 }' "/proc/$process/status") / 1024))
    printf '%-6s start: REST answers after %5d ms (%d ms of processor time), idle with %d MB resident (%d ms)\n' \
        "$1" "$answered" "$used" "$megabytes" "$(processor)"
    kill "$process"
    wait "$process" 2> /dev/null || true
    process=
}

start first
start again

if [ "$answered" -gt "$budget_millis" ] || [ "$megabytes" -gt "$budget_megabytes" ]; then
    echo "Over the budget of $budget_millis ms and $budget_megabytes MB." >&2
    exit 1
fi
