package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Operator;
import io.varuna.sql.OpaqueOperator.OperandTyping;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** The types of results, and what can be known of wrong operands before any data is seen. */
final class Typing {
    private final StatementText text;

    Typing(StatementText text) {
        this.text = text;
    }

    DataType function(FunctionDefinition function, int arguments, OperandTyping operands) {
        List<Argument> known = new ArrayList<>();
        for (int i = 0; i < arguments; i++) {
            SqlNode operand = operands.operands().get(i);
            Meaning meaning = OpaqueOperator.meaning(operand);
            known.add(
                    meaning instanceof Meaning.Constant constant
                            ? new Argument(constant.type(), true, constant.value(), text.at(operand))
                            : new Argument(operands.types().get(i), false, null, text.at(operand)));
        }
        function.problem(known).ifPresent(problem -> {
            throw text.error(StandardError.INVALID_ARGUMENT, problem, culprit(function, known, problem, operands));
        });
        return function.resultType(known);
    }

    /** Returns the argument that a problem is about: it stays when nothing is known of the others. The call, if it is none. */
    private static SqlNode culprit(
            FunctionDefinition function, List<Argument> arguments, String problem, OperandTyping operands) {
        List<SqlNode> culprits = new ArrayList<>();
        List<Argument> unknown = arguments.stream()
                .map(argument -> new Argument(DataType.ANY, false, null, argument.text()))
                .toList();
        for (int i = 0; i < arguments.size() && function.problem(unknown).isEmpty(); i++) {
            List<Argument> alone = new ArrayList<>(unknown);
            alone.set(i, arguments.get(i));
            if (function.problem(alone).filter(problem::equals).isPresent()) {
                culprits.add(operands.operands().get(i));
            }
        }
        return culprits.size() == 1 ? culprits.get(0) : operands.call();
    }

    DataType delay(OperandTyping operands) {
        String problem = WaitingCalls.problem(operands.types().get(0));
        if (problem != null && !isNull(operands.operands().get(0))) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT, problem, operands.operands().get(0));
        }
        return operands.types().get(1);
    }

    DataType operator(Operator operator, OperandTyping operands) {
        List<DataType> types = operands.types();
        switch (operator) {
            case AND, OR, NOT -> operands.operands().forEach(o -> needs(operands, o, DataType.Kind.BOOLEAN, operator));
            case LIKE, NOT_LIKE -> operands.operands()
                    .forEach(o -> needs(operands, o, DataType.Kind.VARCHAR, operator));
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER, NEGATE -> needNumbers(operands, operator);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, BETWEEN, NOT_BETWEEN, IN, NOT_IN -> {
                for (int i = 1; i < types.size(); i++) {
                    comparable(operands, i, operator);
                }
            }
            case ANY, ALL -> needsMembers(operands, operator);
            case ADD_TIME -> needsTime(operands);
            case INDEX, SLICE -> needsList(operands);
            case MEMBER -> needsObject(operands);
            case IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE,
                    IN_LIST,
                    NOT_IN_LIST,
                    LIST,
                    BITWISE_AND,
                    BITWISE_OR,
                    BITWISE_XOR,
                    CONCATENATE,
                    POSITION,
                    CASE,
                    COALESCE,
                    CAST,
                    STRUCT,
                    EACH,
                    MERGE,
                    EXCEPT,
                    REPLACE -> {
                // take everything, or only the data will tell
            }
        }
        return result(operator, operands);
    }

    private DataType result(Operator operator, OperandTyping operands) {
        List<DataType> types = operands.types();
        return switch (operator) {
            case AND,
                    OR,
                    NOT,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    BETWEEN,
                    NOT_BETWEEN,
                    IN,
                    NOT_IN,
                    IN_LIST,
                    NOT_IN_LIST,
                    ANY,
                    ALL,
                    LIKE,
                    NOT_LIKE,
                    IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE -> DataType.BOOLEAN;
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER, NEGATE -> number(types);
            case BITWISE_AND, BITWISE_OR, BITWISE_XOR -> types.stream().allMatch(DataType.BIGINT::equals)
                    ? DataType.BIGINT
                    : DataType.ANY;
            case CONCATENATE -> DataType.VARCHAR;
            case MEMBER -> member(operands);
            case INDEX -> element(types.get(0));
                // of a list a number, of an object a name
            case POSITION -> types.get(0);
            case SLICE -> types.get(0);
            case CASE -> Types.common(branches(types, operands.operands()));
            case COALESCE -> Types.common(types);
            case ADD_TIME -> types.get(0);
                // the target is the operator's own
            case CAST -> DataType.ANY;
            case EACH -> DataType.array(DataType.ANY);
            case LIST -> DataType.array(Types.common(types));
            case STRUCT, MERGE, EXCEPT, REPLACE -> DataType.struct(Schema.OPEN);
        };
    }

    private static DataType number(List<DataType> types) {
        if (types.stream().allMatch(DataType.BIGINT::equals)) {
            return DataType.BIGINT;
        }
        boolean known = types.stream().allMatch(t -> t.equals(DataType.BIGINT) || t.equals(DataType.DOUBLE));
        return known ? DataType.DOUBLE : DataType.ANY;
    }

    private DataType member(OperandTyping operands) {
        Schema fields = operands.types().get(0).fields();
        SqlNode member = operands.operands().get(1);
        if (fields == null || !(OpaqueOperator.meaning(member) instanceof Meaning.Constant constant)) {
            return DataType.ANY;
        }
        String name = String.valueOf(constant.value());
        int index = fields.indexOf(name);
        if (index < 0 && !fields.open()) {
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "There is no member '" + name + "' in '"
                            + text.at(operands.operands().get(0)) + "'"
                            + StatementText.suggest(name, fields.names(), "The members are"),
                    operands.call());
        }
        return index < 0 ? DataType.ANY : fields.columns().get(index).type();
    }

    private static DataType element(DataType list) {
        DataType element = list.element();
        return element == null ? DataType.ANY : element;
    }

    private static List<DataType> branches(List<DataType> types, List<SqlNode> operands) {
        List<DataType> branches = new ArrayList<>();
        for (int i = 1; i < types.size(); i += 2) {
            branches.add(types.get(i));
        }
        int last = types.size() - 1;
        // NULL fits every type
        if (!(OpaqueOperator.meaning(operands.get(last)) instanceof Meaning.Constant constant
                && constant.value() == null)) {
            branches.add(types.get(last));
        }
        return branches;
    }

    private void needs(OperandTyping operands, SqlNode operand, DataType.Kind kind, Operator operator) {
        DataType type = operands.types().get(operands.operands().indexOf(operand));
        if (type.kind() != kind && type.kind() != DataType.Kind.ANY && !isNull(operand)) {
            throw text.error(
                    StandardError.TYPE_MISMATCH,
                    operator.symbol() + " takes " + kind.ruleName().toUpperCase(java.util.Locale.ROOT) + ", but '"
                            + text.at(operand) + "' is " + type,
                    operand);
        }
    }

    private void needNumbers(OperandTyping operands, Operator operator) {
        for (int i = 0; i < operands.types().size(); i++) {
            SqlNode operand = operands.operands().get(i);
            DataType type = operands.types().get(i);
            if (!type.isNumeric() && !isNull(operand)) {
                String instead =
                        switch (type.kind()) {
                            case VARCHAR -> operator == Operator.PLUS ? ". Join texts with concat(a, b)" : "";
                            case TIMESTAMP -> ". Add or take away an INTERVAL; the time between two is date_diff(earlier, later)";
                            default -> "";
                        };
                throw text.error(
                        StandardError.TYPE_MISMATCH,
                        operator.symbol() + " takes numbers, but '" + text.at(operand) + "' is " + type + instead,
                        operand);
            }
        }
    }

    private void needsList(OperandTyping operands) {
        DataType type = operands.types().get(0);
        SqlNode operand = operands.operands().get(0);
        if (type.kind() != DataType.Kind.ARRAY && type.kind() != DataType.Kind.ANY && !isNull(operand)) {
            String instead = type.kind() == DataType.Kind.STRUCT
                    ? ". Members of an object have names: object->name"
                    : type.kind() == DataType.Kind.VARCHAR
                            ? ". Parts of a text are taken by substring(text, from, to)"
                            : "";
            throw text.error(
                    StandardError.TYPE_MISMATCH,
                    "[] takes an ARRAY, but '" + text.at(operand) + "' is " + type + instead,
                    operand);
        }
    }

    private void needsMembers(OperandTyping operands, Operator operator) {
        DataType type = operands.types().get(2);
        SqlNode operand = operands.operands().get(2);
        if (type.kind() != DataType.Kind.ARRAY && type.kind() != DataType.Kind.ANY) {
            throw text.error(
                    StandardError.TYPE_MISMATCH,
                    operator.symbol() + " takes a query, a list or several values, but '" + text.at(operand) + "' is "
                            + type,
                    operand);
        }
    }

    private void needsObject(OperandTyping operands) {
        DataType type = operands.types().get(0);
        SqlNode operand = operands.operands().get(0);
        if (type.kind() != DataType.Kind.STRUCT && type.kind() != DataType.Kind.ANY && !isNull(operand)) {
            String instead = type.kind() == DataType.Kind.ARRAY
                    ? ". Elements of a list have numbers: list[0]->name"
                    : type.kind() == DataType.Kind.VARCHAR
                            ? ". Members of a JSON text are read by json_path_query"
                            : "";
            throw text.error(
                    StandardError.TYPE_MISMATCH,
                    "-> takes a STRUCT, but '" + text.at(operand) + "' is " + type + instead,
                    operand);
        }
    }

    private void needsTime(OperandTyping operands) {
        DataType type = operands.types().get(0);
        switch (type.kind()) {
            case TIMESTAMP, BIGINT, ANY -> {
                // has a time, or may have one
            }
            case BOOLEAN, DOUBLE, VARCHAR, VARBINARY, ARRAY, STRUCT -> throw text.error(
                    StandardError.TYPE_MISMATCH,
                    "INTERVAL is added to a datetime, or to a BIGINT with milliseconds, but '"
                            + text.at(operands.operands().get(0)) + "' is " + type,
                    operands.operands().get(0));
        }
    }

    private void comparable(OperandTyping operands, int i, Operator operator) {
        DataType left = operands.types().get(0);
        DataType right = operands.types().get(i);
        SqlNode operand = operands.operands().get(i);
        if (isNull(operand) || isNull(operands.operands().get(0)) || family(left) == family(right)) {
            return;
        }
        boolean open = family(left) == DataType.Kind.ANY || family(right) == DataType.Kind.ANY;
        boolean time = left.kind() == DataType.Kind.TIMESTAMP || right.kind() == DataType.Kind.TIMESTAMP;
        if (!open && !time) {
            throw text.error(
                    StandardError.TYPE_MISMATCH,
                    operator.symbol() + " compares values of one type, but '"
                            + text.at(operands.operands().get(0)) + "' is " + left + " and '" + text.at(operand)
                            + "' is " + right + ". Convert one with cast(value, 'type')",
                    operands.call());
        }
    }

    private static DataType.Kind family(DataType type) {
        return type.kind() == DataType.Kind.BIGINT ? DataType.Kind.DOUBLE : type.kind();
    }

    private static boolean isNull(SqlNode operand) {
        return OpaqueOperator.meaning(operand) instanceof Meaning.Constant constant && constant.value() == null;
    }

    /** Fails where a condition cannot be true. */
    DataType condition(String clause, OperandTyping operands) {
        DataType type = operands.types().get(0);
        if (type.kind() != DataType.Kind.BOOLEAN && type.kind() != DataType.Kind.ANY) {
            SqlNode operand = operands.operands().get(0);
            throw text.error(
                    StandardError.TYPE_MISMATCH,
                    clause + " takes a condition, but '" + text.at(operand) + "' is " + type,
                    operand);
        }
        return DataType.BOOLEAN;
    }
}
