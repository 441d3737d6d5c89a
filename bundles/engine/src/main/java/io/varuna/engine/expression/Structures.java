package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes structs and converts values. */
final class Structures {
    private Structures() {}

    static Evaluator struct(Evaluator[] operands) {
        return new Struct(operands);
    }

    static Evaluator list(Evaluator[] operands) {
        return new ListOf(operands);
    }

    static Evaluator merge(Evaluator[] operands) {
        return new Merge(operands);
    }

    static Evaluator except(Evaluator[] operands) {
        return new Except(operands);
    }

    static Evaluator replace(Evaluator[] operands) {
        return new Replace(operands);
    }

    static Evaluator concatenate(Evaluator[] operands) {
        return new Concatenate(operands);
    }

    static Evaluator cast(Evaluator operand, DataType type, Clock clock) {
        return new Cast(operand, type.kind(), clock);
    }

    private static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw Evaluator.failure("'*' takes an object, not " + Conversions.describe(value));
    }

    private static final class Struct extends Evaluator {
        private final Evaluator[] operands;

        Struct(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public Object value(@Nullable Object[] row, long time) throws Exception {
            Map<@Nullable Object, @Nullable Object> struct = new LinkedHashMap<>();
            for (int i = 0; i < operands.length; i += 2) {
                Object value = operands[i + 1].value(row, time);
                if (value != Missing.VALUE) {
                    struct.put(operands[i].value(row, time), value);
                }
            }
            return struct;
        }
    }

    private static final class ListOf extends Evaluator {
        private final Evaluator[] operands;

        ListOf(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public Object value(@Nullable Object[] row, long time) throws Exception {
            List<@Nullable Object> list = new ArrayList<>(operands.length);
            for (Evaluator operand : operands) {
                list.add(operand.value(row, time));
            }
            return list;
        }
    }

    private static final class Merge extends Evaluator {
        private final Evaluator[] operands;

        Merge(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public Object value(@Nullable Object[] row, long time) throws Exception {
            Map<Object, @Nullable Object> merged = new LinkedHashMap<>();
            for (Evaluator operand : operands) {
                Object value = operand.value(row, time);
                if (value != null) {
                    for (Map.Entry<?, ?> member : map(value).entrySet()) {
                        // not putIfAbsent: a member that is NULL stays as well
                        if (!merged.containsKey(member.getKey())) {
                            merged.put(member.getKey(), member.getValue());
                        }
                    }
                }
            }
            return merged;
        }
    }

    private static final class Except extends Evaluator {
        private final Evaluator[] operands;

        Except(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = operands[0].value(row, time);
            if (value == null) {
                return null;
            }
            Map<Object, @Nullable Object> rest = new LinkedHashMap<>(map(value));
            for (int i = 1; i < operands.length; i++) {
                rest.remove(operands[i].value(row, time));
            }
            return rest;
        }
    }

    private static final class Replace extends Evaluator {
        private final Evaluator[] operands;

        Replace(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public Object value(@Nullable Object[] row, long time) throws Exception {
            Object value = operands[0].value(row, time);
            Map<@Nullable Object, @Nullable Object> replaced = new LinkedHashMap<>();
            if (value != null) {
                replaced.putAll(map(value));
            }
            for (int i = 1; i < operands.length; i += 2) {
                Object replacement = operands[i + 1].value(row, time);
                if (replacement != null) {
                    replaced.put(operands[i].value(row, time), replacement);
                }
            }
            return replaced;
        }
    }

    private static final class Concatenate extends Evaluator {
        private final Evaluator[] operands;

        Concatenate(Evaluator[] operands) {
            this.operands = operands;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            StringBuilder text = new StringBuilder();
            for (Evaluator operand : operands) {
                Object value = operand.value(row, time);
                if (value == null) {
                    return null;
                }
                text.append(Conversions.toText(value));
            }
            return text.toString();
        }
    }

    private static final class Cast extends Evaluator {
        private final Evaluator operand;
        private final DataType.Kind kind;
        private final Clock clock;

        Cast(Evaluator operand, DataType.Kind kind, Clock clock) {
            this.operand = operand;
            this.kind = kind;
            this.clock = clock;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
            return Conversions.cast(operand.value(row, time), kind, clock);
        }
    }
}
