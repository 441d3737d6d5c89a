package io.varuna.plugin.functions.string;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class NumberFormatsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new NumberFormats();
    }
}
