package ${package}.functions;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;

class TemperatureFunctionsTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new TemperatureFunctions();
    }
}
