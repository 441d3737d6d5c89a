package io.varuna.plugin.functions.conversion;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class EncodingsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new Encodings();
    }
}
