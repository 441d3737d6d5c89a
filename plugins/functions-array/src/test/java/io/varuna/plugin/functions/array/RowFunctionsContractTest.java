package io.varuna.plugin.functions.array;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class RowFunctionsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new RowFunctions();
    }
}
