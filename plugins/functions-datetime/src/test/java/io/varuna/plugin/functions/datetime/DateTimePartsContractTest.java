package io.varuna.plugin.functions.datetime;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class DateTimePartsContractTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new DateTimeParts();
    }
}
