package io.varuna.plugin.functions.string;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class TextFunctionsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new TextFunctions();
    }
}
