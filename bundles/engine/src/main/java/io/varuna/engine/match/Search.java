package io.varuna.engine.match;

import io.varuna.engine.match.PatternProgram.Fork;
import io.varuna.engine.match.PatternProgram.Instruction;
import io.varuna.engine.match.PatternProgram.Jump;
import io.varuna.engine.match.PatternProgram.Match;
import io.varuna.engine.match.PatternProgram.Take;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the preferred match that begins at one row. Follows all ways through the pattern at once, row by row, in the order
 * of preference; of ways that have the same future only the first is followed, so that there are never more ways than places
 * in the pattern unless conditions look far back.
 */
final class Search {
    private final PatternProgram program;
    private final Conditions conditions;
    private final boolean nearby;
    private List<Way> ways = new ArrayList<>();
    private List<Way> before = new ArrayList<>();
    private @Nullable MatchedRow found;
    private final int[] open;
    private final int[] visited;
    private int visit;
    private final Set<Outlook> followed = new HashSet<>();

    /**
     * A way through the pattern.
     *
     * @param place what comes next
     * @param end the rows that were taken; null for none
     */
    private record Way(int place, @Nullable MatchedRow end) {}

    /** What decides the future of a way. */
    private record Outlook(int place, List<Long> memory) {}

    Search(PatternProgram program, Conditions conditions) {
        this.program = program;
        this.conditions = conditions;
        this.nearby = conditions.areNearby();
        this.open = new int[2 * program.size() + 2];
        this.visited = new int[program.size()];
        begin();
    }

    /** Begins anew: the next row is the first. */
    void begin() {
        found = null;
        ways.clear();
        nextVisit();
        follow(0, null);
    }

    /** Tells whether no further row can change the result. */
    boolean isOver() {
        return ways.isEmpty();
    }

    /** Returns the rows of the match, as far as one is known. */
    @Nullable
    MatchedRow found() {
        return found;
    }

    int ways() {
        return ways.size();
    }

    /** Takes the next row. */
    void take(RowWindow rows, long number, long matchNumber) {
        List<Way> former = ways;
        ways = before;
        before = former;
        ways.clear();
        followed.clear();
        nextVisit();
        MatchRow row = rows.get(number);
        for (Way way : former) {
            Take take = (Take) program.at(way.place);
            MatchedRow taken = new MatchedRow(way.end, row, number, take.variable(), take.shown());
            if (conditions.hold(taken, rows, matchNumber)) {
                if (!nearby) {
                    nextVisit();
                }
                if (follow(way.place + 1, taken)) {
                    // the ways after this one are less preferred
                    break;
                }
            }
        }
    }

    private void nextVisit() {
        visit++;
    }

    /** Adds all places where the next row may be taken; returns whether a match was met, after which none is added. */
    private boolean follow(int place, @Nullable MatchedRow end) {
        List<Long> memory = nearby || end == null ? null : conditions.memory(end);
        int size = 0;
        open[size++] = place;
        while (size > 0) {
            int here = open[--size];
            if (visited[here] == visit) {
                continue;
            }
            visited[here] = visit;
            Instruction instruction = program.at(here);
            if (instruction instanceof Match) {
                found = end;
                return true;
            }
            if (instruction instanceof Jump jump) {
                open[size++] = jump.place();
            } else if (instruction instanceof Fork fork) {
                open[size++] = fork.other();
                open[size++] = fork.preferred();
            } else if (memory == null || followed.add(new Outlook(here, memory))) {
                ways.add(new Way(here, end));
            }
        }
        return false;
    }
}
