package io.varuna.engine.window;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.aggregate.SlidingGroup;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of the rows before the next one, for each partition. Rows come in the order of their times. */
interface Frames {
    /** What is known of the rows of one partition. */
    @FunctionalInterface
    interface Frame {
        /** Writes the results into a row, from a position on. */
        void results(@Nullable Object[] row, int at) throws Exception;
    }

    /** Adds a row of a partition, and returns what is known with it; a throw means that the row does not count. */
    Frame add(@Nullable Object[] partition, @Nullable Object[] row, long time) throws Exception;

    /** Returns what is known of a partition whose last row is not evicted. */
    Frame frame(@Nullable Object[] partition);

    /** Lets go of what no row from a time on needs. */
    void pass(long time);

    void save(StateOutput out);

    void load(StateInput in);

    /** All rows that have come, of which no more than their results is kept. */
    final class Endless implements Frames {
        private final Groups groups;
        private final PartitionLimit limit;

        Endless(GroupKeys partitionBy, AggregateCalls calls, PartitionLimit limit) {
            this.groups = new Groups(partitionBy, calls);
            this.limit = limit;
        }

        @Override
        public Frame add(@Nullable Object[] partition, @Nullable Object[] row, long time) throws Exception {
            if (limit.reached(groups.size()) && !groups.contains(partition)) {
                throw limit.exceeded();
            }
            return frame(groups.add(partition, row, time));
        }

        @Override
        public Frame frame(@Nullable Object[] partition) {
            return frame(groups.number(partition));
        }

        private Frame frame(int group) {
            return (row, at) -> groups.results(group, row, at);
        }

        @Override
        public void pass(long time) {
            // all rows count for ever
        }

        @Override
        public void save(StateOutput out) {
            groups.save(out);
        }

        @Override
        public void load(StateInput in) {
            groups.load(in);
        }
    }

    /** The rows of some time. */
    final class OfTime implements Frames {
        private final SlidingGroups rows;
        private final long preceding;

        OfTime(GroupKeys partitionBy, AggregateCalls calls, long preceding) {
            this.rows = new SlidingGroups(partitionBy, calls);
            this.preceding = preceding;
        }

        @Override
        public Frame add(@Nullable Object[] partition, @Nullable Object[] row, long time) throws Exception {
            pass(time);
            SlidingGroup group = rows.add(partition, row, time);
            return group::results;
        }

        @Override
        public Frame frame(@Nullable Object[] partition) {
            SlidingGroup group = Objects.requireNonNull(rows.group(partition), "partition");
            return group::results;
        }

        @Override
        public void pass(long time) {
            rows.evictBefore(time - preceding);
        }

        @Override
        public void save(StateOutput out) {
            rows.save(out);
        }

        @Override
        public void load(StateInput in) {
            rows.load(in);
        }
    }
}
