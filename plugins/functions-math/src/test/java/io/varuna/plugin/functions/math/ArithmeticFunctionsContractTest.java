package io.varuna.plugin.functions.math;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class ArithmeticFunctionsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new ArithmeticFunctions();
    }
}
