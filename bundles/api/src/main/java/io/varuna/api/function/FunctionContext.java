package io.varuna.api.function;

import java.time.Clock;
import java.time.ZoneId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The surroundings of a call. A static method that is a {@link SqlFunction} gets it as its first parameter if that has this
 * type; it does not count as an argument then.
 */
@ProviderType
public interface FunctionContext {
    String ruleId();

    /** Returns the engine's clock. Use it instead of the system's: tests move it by hand. */
    Clock clock();

    /** Returns the time zone for texts without one. */
    ZoneId zone();
}
