package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.RunningAggregate;
import io.varuna.sql.OpaqueOperator.OperandTyping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** An aggregate function in one call. Calcite knows that it aggregates, and the type of its result. */
final class AggregateOperator extends SqlAggFunction {
    private final @Nullable FunctionDefinition definition;
    private final Function<OperandTyping, DataType> typing;
    // known after validation, and asked for again with less information
    private @Nullable RelDataType type;

    private AggregateOperator(
            String name, @Nullable FunctionDefinition definition, Function<OperandTyping, DataType> typing) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.definition = definition;
        this.typing = typing;
    }

    static AggregateOperator of(FunctionDefinition definition, Function<OperandTyping, DataType> typing) {
        return new AggregateOperator(definition.name(), definition, typing);
    }

    static AggregateOperator firstRow() {
        return new AggregateOperator(
                AggregateCall.FIRST_ROW, null, operands -> operands.types().get(0));
    }

    static AggregateOperator countRows() {
        return new AggregateOperator(AggregateCall.COUNT_ROWS, null, operands -> DataType.BIGINT);
    }

    /**
     * Returns a call that gives each row of a result the aggregate over all of them.
     *
     * @param filter a condition on the rows that count; null for all
     */
    SqlNode overResult(List<SqlNode> arguments, boolean distinct, @Nullable SqlNode filter, SqlParserPos position) {
        List<SqlNode> operands = new ArrayList<>(arguments);
        if (filter != null) {
            operands.add(filter);
        }
        String name = getName() + "/" + arguments.size() + "/" + distinct + "/" + (filter != null);
        return new OpaqueOperator(name, new Meaning.OverResult(definition, distinct, filter != null), typing)
                .createCall(position, operands);
    }

    /**
     * Returns a call that gives each row the aggregate over the rows before it, and itself.
     *
     * @param filter a condition on the rows that count; null for all
     */
    SqlNode overRows(
            List<SqlNode> arguments,
            boolean distinct,
            @Nullable SqlNode filter,
            List<SqlNode> partitionBy,
            RunningAggregate.Frame frame,
            SqlParserPos position) {
        List<SqlNode> operands = new ArrayList<>(arguments);
        if (filter != null) {
            operands.add(filter);
        }
        operands.addAll(partitionBy);
        Meaning.OverRows meaning =
                new Meaning.OverRows(definition, distinct, filter != null, partitionBy.size(), frame);
        String name = getName() + "/" + arguments.size() + "/" + distinct + "/" + meaning.filtered() + "/"
                + meaning.partitions() + "/" + frame;
        return new OpaqueOperator(name, meaning, typing).createCall(position, operands);
    }

    /** Returns the function of a plugin; null for the engine's own. */
    @Nullable
    FunctionDefinition definition() {
        return definition;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataType known = type;
        if (known == null || binding instanceof SqlCallBinding) {
            known = OpaqueOperator.infer(binding, typing);
            type = known;
        }
        return known;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        SqlValidatorScope operandScope = scope.getOperandScope(call);
        call.getOperandList().forEach(operand -> validator.deriveType(operandScope, operand));
        return validateOperands(validator, operandScope, call);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }
}
