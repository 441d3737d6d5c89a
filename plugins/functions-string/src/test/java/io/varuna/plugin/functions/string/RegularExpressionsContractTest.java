package io.varuna.plugin.functions.string;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class RegularExpressionsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new RegularExpressions();
    }
}
