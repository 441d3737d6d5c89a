package ${package}.functions;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import org.osgi.service.component.annotations.Component;

/** Functions in SQL. */
@Component
public final class TemperatureFunctions implements FunctionLibrary {
    @SqlFunction(doc = "Converts degrees Celsius to Fahrenheit.", examples = "fahrenheit(20.5) = 68.9")
    public static double fahrenheit(double celsius) {
        return celsius * 9 / 5 + 32;
    }
}
