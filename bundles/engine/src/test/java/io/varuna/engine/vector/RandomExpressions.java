package io.varuna.engine.vector;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes expressions and rows at random: mostly such as make sense together, and some that do not. */
final class RandomExpressions {
    static final int COLUMNS = 6;

    private static final Operator[] COMPARISONS = {
        Operator.EQUAL,
        Operator.NOT_EQUAL,
        Operator.LESS,
        Operator.LESS_OR_EQUAL,
        Operator.GREATER,
        Operator.GREATER_OR_EQUAL
    };
    private static final Operator[] CALCULATIONS = {
        Operator.PLUS, Operator.MINUS, Operator.MULTIPLY, Operator.DIVIDE, Operator.REMAINDER
    };
    private static final Operator[] TESTS = {
        Operator.IS_NULL,
        Operator.IS_NOT_NULL,
        Operator.IS_TRUE,
        Operator.IS_NOT_TRUE,
        Operator.IS_FALSE,
        Operator.IS_NOT_FALSE,
        Operator.NOT
    };
    private static final String[] TEXTS = {"", "ok", "o", "failed", "\u00e4rger", "\ud83d\ude00", "\uffee", "okok", "20"
    };
    private static final String[] PATTERNS = {"%", "ok", "o%", "%k", "%o%k%", "", "f%l%d", "_k", "%\u00e4%", "ok%ok"};
    private static final long[] WHOLES = {0, 1, -1, 2, 20, 100, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L};
    private static final double[] FRACTIONS = {
        0.0, -0.0, 0.5, 20.0, -1.0, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 9007199254740992.0
    };

    private final Random random;

    RandomExpressions(long seed) {
        random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** Returns rows, of which often all have values of one kind in a column, as sensors send them. */
    List<@Nullable Object[]> rows(int count) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (chance(40)) {
            for (int i = 0; i < count; i++) {
                rows.add(row());
            }
            return rows;
        }
        int[] kinds = random.ints(COLUMNS, 0, 5).toArray();
        for (int i = 0; i < count; i++) {
            @Nullable Object[] row = new @Nullable Object[COLUMNS];
            for (int c = 0; c < COLUMNS; c++) {
                row[c] = c < 2 ? numeric(kinds[c]) : usual(c);
            }
            rows.add(row);
        }
        if (chance(20)) {
            rows.set(random.nextInt(count), row());
        }
        return rows;
    }

    private Object numeric(int kind) {
        return switch (kind) {
            case 0 -> WHOLES[random.nextInt(WHOLES.length)];
            case 1 -> FRACTIONS[random.nextInt(FRACTIONS.length)];
            case 2 -> (long) random.nextInt(40) - 10;
            case 3 -> random.nextInt(80) / 2.0 - 10;
            default -> random.nextBoolean() ? (Object) (long) random.nextInt(40) : (Object) (random.nextInt(80) / 2.0);
        };
    }

    @Nullable
    Object[] row() {
        @Nullable Object[] row = new @Nullable Object[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            row[i] = chance(85) ? usual(i) : value();
        }
        return row;
    }

    /** Columns 0 and 1 are numbers, 2 and 3 texts, 4 booleans, 5 structs. */
    private @Nullable Object usual(int column) {
        return switch (column) {
            case 0, 1 -> numeric();
            case 2, 3 -> one(TEXTS);
            case 4 -> random.nextBoolean();
            default -> struct();
        };
    }

    private Object numeric() {
        return numeric(
                switch (random.nextInt(8)) {
                    case 0 -> 0;
                    case 1 -> 1;
                    case 2, 3, 4 -> 2;
                    default -> 3;
                });
    }

    private Map<String, @Nullable Object> struct() {
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        if (chance(80)) {
            struct.put("a", numeric());
        }
        if (chance(50)) {
            struct.put("b", one(TEXTS));
        }
        return struct;
    }

    private @Nullable Object value() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> null;
            case 2, 3 -> Missing.VALUE;
            case 4 -> numeric();
            case 5 -> one(TEXTS);
            case 6 -> Instant.ofEpochMilli(random.nextInt(40));
            case 7 -> List.of(1L, "ok");
            default -> 7;
        };
    }

    Expression condition(int depth) {
        if (depth == 0) {
            return chance(80) ? column(4) : any(0);
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> operation(one(COMPARISONS), number(depth - 1), number(depth - 1));
            case 2 -> operation(one(COMPARISONS), text(depth - 1), text(depth - 1));
            case 3 -> operation(random.nextBoolean() ? Operator.AND : Operator.OR, several(() -> condition(depth - 1)));
            case 4 -> operation(one(TESTS), chance(70) ? condition(depth - 1) : any(depth - 1));
            case 5 -> operation(
                    random.nextBoolean() ? Operator.BETWEEN : Operator.NOT_BETWEEN,
                    number(depth - 1),
                    chance(70) ? literal(numeric()) : number(depth - 1),
                    chance(70) ? literal(numeric()) : any(depth - 1));
            case 6 -> in(depth);
            case 7 -> operation(
                    random.nextBoolean() ? Operator.LIKE : Operator.NOT_LIKE, text(depth - 1), literal(one(PATTERNS)));
            default -> operation(one(COMPARISONS), any(depth - 1), any(depth - 1));
        };
    }

    private Expression in(int depth) {
        List<Expression> operands = new ArrayList<>();
        boolean texts = random.nextBoolean();
        operands.add(texts ? text(depth - 1) : number(depth - 1));
        for (int left = random.nextInt(4) + 1; left > 0; left--) {
            operands.add(literal(chance(5) ? null : texts ? one(TEXTS) : numeric()));
        }
        return operation(random.nextBoolean() ? Operator.IN : Operator.NOT_IN, operands);
    }

    Expression any(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> depth == 0 ? column(random.nextInt(COLUMNS)) : condition(depth);
            case 1 -> text(depth);
            case 2 -> column(random.nextInt(COLUMNS));
            case 3 -> literal(value() instanceof Instant time ? time : numeric());
            default -> number(depth);
        };
    }

    private Expression number(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> literal(numeric());
                case 1 -> operation(Operator.MEMBER, column(5), literal("a"));
                default -> column(random.nextInt(2));
            };
        }
        return switch (random.nextInt(7)) {
            case 0 -> operation(Operator.NEGATE, number(depth - 1));
            case 1 -> choice(depth, () -> number(depth - 1));
            case 2 -> new Expression.ContextValue(Expression.ContextValue.Kind.EVENT_TIME);
            case 3 -> new Expression.Operation(
                    Operator.CAST,
                    List.of(number(depth - 1)),
                    random.nextBoolean() ? DataType.DOUBLE : DataType.BIGINT);
            default -> new Expression.Operation(
                    one(CALCULATIONS),
                    List.of(number(depth - 1), number(depth - 1)),
                    random.nextBoolean() ? DataType.ANY : DataType.BIGINT);
        };
    }

    private Expression text(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> literal(one(TEXTS));
                case 1 -> operation(Operator.MEMBER, column(5), literal("b"));
                default -> column(2 + random.nextInt(2));
            };
        }
        return chance(30)
                ? operation(Operator.CONCATENATE, text(depth - 1), text(depth - 1))
                : choice(depth, () -> text(depth - 1));
    }

    private Expression choice(int depth, Supplier<Expression> value) {
        return chance(50)
                ? operation(Operator.COALESCE, several(value))
                : operation(
                        Operator.CASE,
                        condition(depth - 1),
                        value.get(),
                        condition(depth - 1),
                        value.get(),
                        value.get());
    }

    private List<Expression> several(Supplier<Expression> of) {
        List<Expression> operands = new ArrayList<>();
        for (int left = random.nextInt(2) + 2; left > 0; left--) {
            operands.add(of.get());
        }
        return operands;
    }

    private static Expression column(int index) {
        return new Expression.InputColumn(index, "c" + index, DataType.ANY);
    }

    private static Expression literal(@Nullable Object value) {
        return new Expression.Literal(value, DataType.ANY);
    }

    private static Expression operation(Operator operator, Expression... operands) {
        return operation(operator, List.of(operands));
    }

    private static Expression operation(Operator operator, List<Expression> operands) {
        return new Expression.Operation(operator, operands, DataType.ANY);
    }
}
