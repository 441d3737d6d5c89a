package io.varuna.engine.match;

import io.varuna.plan.RowPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as a list of instructions. Where there is a choice, the preferred way comes first; a repetition is written out as
 * often as it has to be, and then loops.
 */
final class PatternProgram {
    private final List<Instruction> instructions;

    /** What to do at a place of the program. */
    sealed interface Instruction {}

    /** Takes a row that satisfies the condition of a variable, and goes on at the next place. */
    record Take(int variable, boolean shown) implements Instruction {}

    /** Goes on at both places. */
    record Fork(int preferred, int other) implements Instruction {}

    /** Goes on at another place. */
    record Jump(int place) implements Instruction {}

    /** The rows that were taken are a match. */
    record Match() implements Instruction {}

    private PatternProgram(List<Instruction> instructions) {
        this.instructions = List.copyOf(instructions);
    }

    /** Makes the program of a pattern; variables are numbered by their place in the list. */
    static PatternProgram of(RowPattern pattern, List<String> variables) {
        Writer writer = new Writer(variables);
        writer.write(pattern, true);
        writer.instructions.add(new Match());
        return new PatternProgram(writer.instructions);
    }

    int size() {
        return instructions.size();
    }

    Instruction at(int place) {
        return instructions.get(place);
    }

    /** Writes instructions. */
    private static final class Writer {
        private final List<String> variables;
        private final List<Instruction> instructions = new ArrayList<>();

        Writer(List<String> variables) {
            this.variables = variables;
        }

        void write(RowPattern pattern, boolean shown) {
            if (pattern instanceof RowPattern.Variable variable) {
                instructions.add(new Take(variables.indexOf(variable.name()), shown));
            } else if (pattern instanceof RowPattern.Sequence sequence) {
                sequence.parts().forEach(part -> write(part, shown));
            } else if (pattern instanceof RowPattern.Choice choice) {
                choose(choice.alternatives(), shown);
            } else if (pattern instanceof RowPattern.Repetition repetition) {
                repeat(repetition, shown);
            } else if (pattern instanceof RowPattern.Exclusion exclusion) {
                write(exclusion.part(), false);
            }
        }

        private void choose(List<RowPattern> alternatives, boolean shown) {
            List<Integer> ends = new ArrayList<>();
            for (int i = 0; i < alternatives.size() - 1; i++) {
                int fork = reserve();
                write(alternatives.get(i), shown);
                ends.add(reserve());
                instructions.set(fork, new Fork(fork + 1, instructions.size()));
            }
            write(alternatives.get(alternatives.size() - 1), shown);
            ends.forEach(end -> instructions.set(end, new Jump(instructions.size())));
        }

        private void repeat(RowPattern.Repetition repetition, boolean shown) {
            for (int i = 0; i < repetition.least(); i++) {
                write(repetition.part(), shown);
            }
            if (repetition.most() == RowPattern.UNLIMITED) {
                // two forks, not one for both: so a part that takes no rows leads on to what follows, and not nowhere
                int fork = reserve();
                write(repetition.part(), shown);
                int again = reserve();
                int end = again + 1;
                instructions.set(again, repetition.greedy() ? new Fork(fork + 1, end) : new Fork(end, fork + 1));
                leave(fork, repetition.greedy());
                return;
            }
            List<Integer> forks = new ArrayList<>();
            for (int i = repetition.least(); i < repetition.most(); i++) {
                forks.add(reserve());
                write(repetition.part(), shown);
            }
            forks.forEach(fork -> leave(fork, repetition.greedy()));
        }

        /** Makes a fork between what comes next and what comes after all that is written. */
        private void leave(int fork, boolean greedy) {
            int end = instructions.size();
            instructions.set(fork, greedy ? new Fork(fork + 1, end) : new Fork(end, fork + 1));
        }

        private int reserve() {
            instructions.add(new Match());
            return instructions.size() - 1;
        }
    }
}
