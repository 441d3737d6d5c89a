package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of structs and elements of lists. */
final class Paths {
    private Paths() {}

    static Evaluator member(Evaluator struct, Evaluator name) {
        return new Member(struct, name);
    }

    static Evaluator index(Evaluator list, Evaluator index) {
        return new Index(list, index);
    }

    static Evaluator position(Evaluator position) {
        return new Position(position);
    }

    static Evaluator slice(Evaluator list, Evaluator start, Evaluator end) {
        return new Slice(list, start, end);
    }

    private static long whole(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw Evaluator.failure("A position in a list is a whole number, not " + Conversions.describe(value));
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw Evaluator.failure("'[]' takes a list, not " + Conversions.describe(value));
    }

    private static final class Member extends Evaluator {
        private final Evaluator struct;
        private final Evaluator name;

        Member(Evaluator struct, Evaluator name) {
            this.struct = struct;
            this.name = name;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = struct.value(row, time);
            if (value instanceof Map<?, ?> map) {
                return map.get(name.value(row, time));
            }
            if (value instanceof List) {
                throw failure("A list has no member '" + name.value(row, time) + "'. Use [0] to take an element first");
            }
            return null;
        }
    }

    private static final class Index extends Evaluator {
        private final Evaluator list;
        private final Evaluator index;

        Index(Evaluator list, Evaluator index) {
            this.list = list;
            this.index = index;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = list.value(row, time);
            if (value == null) {
                return null;
            }
            Object position = index.value(row, time);
            if (position == null) {
                throw failure("A position in a list must not be NULL");
            }
            if (value instanceof Map<?, ?> map && position instanceof String) {
                return map.get(position);
            }
            List<?> elements = list(value);
            long at = whole(position);
            long from = at < 0 ? at + elements.size() : at;
            if (from < 0 || from >= elements.size()) {
                throw failure("There is no element " + at + " in a list of " + elements.size());
            }
            return elements.get((int) from);
        }
    }

    /** Counts from 0 what counts from 1; the name of a member stays what it is. */
    private static final class Position extends Evaluator {
        private final Evaluator position;

        Position(Evaluator position) {
            this.position = position;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = position.value(row, time);
            if (value == null || value instanceof String) {
                return value;
            }
            long at = whole(value);
            if (at == 0) {
                throw failure(
                        "There is no element 0: lists count from 1 in standard SQL; the first element is [1], the last one [-1]");
            }
            return at > 0 ? at - 1 : at;
        }
    }

    private static final class Slice extends Evaluator {
        private final Evaluator list;
        private final Evaluator start;
        private final Evaluator end;

        Slice(Evaluator list, Evaluator start, Evaluator end) {
            this.list = list;
            this.start = start;
            this.end = end;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = list.value(row, time);
            if (value == null) {
                return null;
            }
            List<?> elements = list(value);
            long from = position(start.value(row, time), 0, elements.size());
            long to = position(end.value(row, time), elements.size(), elements.size());
            if (from < 0 || to > elements.size() || from > to) {
                throw failure("There is no part from " + from + " to " + to + " in a list of " + elements.size());
            }
            return elements.subList((int) from, (int) to);
        }

        private static long position(@Nullable Object value, long otherwise, int size) {
            if (value == null) {
                return otherwise;
            }
            long position = whole(value);
            return position < 0 ? position + size : position;
        }
    }
}
