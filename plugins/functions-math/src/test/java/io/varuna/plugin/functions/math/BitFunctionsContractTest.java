package io.varuna.plugin.functions.math;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class BitFunctionsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new BitFunctions();
    }
}
