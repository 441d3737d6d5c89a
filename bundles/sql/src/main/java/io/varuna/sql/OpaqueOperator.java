package io.varuna.sql;

import io.varuna.api.data.DataType;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * An operator of which Calcite knows nothing but the type of its result. What it means is ours, in particular what it does
 * with NULL and with values of unlike types, and no rule of Calcite's may rewrite it.
 */
final class OpaqueOperator extends SqlFunction {
    private final Meaning meaning;

    /**
     * Creates the operator.
     *
     * @param name tells operators apart, in lower case
     * @param typing checks the operands and returns the type of the result
     */
    OpaqueOperator(String name, Meaning meaning, Function<OperandTyping, DataType> typing) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                binding -> infer(binding, typing),
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.meaning = meaning;
    }

    /** The operands of a call, when it is validated. */
    record OperandTyping(SqlNode call, List<SqlNode> operands, List<DataType> types) {}

    static RelDataType infer(SqlOperatorBinding binding, Function<OperandTyping, DataType> typing) {
        List<DataType> types =
                binding.collectOperandTypes().stream().map(Types::fromCalcite).toList();
        if (!(binding instanceof SqlCallBinding call)) {
            throw new IllegalStateException(binding.getOperator() + " is typed by the validator only");
        }
        DataType type = typing.apply(new OperandTyping(call.getCall(), call.operands(), types));
        return Types.toCalcite(type, binding.getTypeFactory());
    }

    Meaning meaning() {
        return meaning;
    }

    /** Returns what a node that is a call of an opaque operator means, otherwise null. */
    static @Nullable Meaning meaning(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator() instanceof OpaqueOperator operator
                ? operator.meaning
                : null;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        // without the look-up by name that Calcite does for functions
        SqlValidatorScope operandScope = scope.getOperandScope(call);
        call.getOperandList().forEach(operand -> validator.deriveType(operandScope, operand));
        return validateOperands(validator, operandScope, call);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public boolean isDeterministic() {
        return !(meaning instanceof Meaning.Call call) || call.function().deterministic();
    }
}
