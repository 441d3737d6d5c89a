package io.varuna.plugin.functions.datetime;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class DateTimeFunctionsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new DateTimeFunctions();
    }
}
