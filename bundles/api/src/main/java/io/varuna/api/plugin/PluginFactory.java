package io.varuna.api.plugin;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes instances of one plugin. Stateless and thread-safe; registered once, as a service, with a {@link PluginType}.
 *
 * @param <C> an annotation type whose members are the properties the plugin takes. A member without a default is
 *     required. Names map to properties as OSGi's component property types do ({@code pool_size} is {@code pool.size}). A
 *     member of type {@code String} may stand for a property that is an object or a list of objects in the rule: it gets
 *     the JSON text, and {@link PluginContext#properties()} has the value itself. The engine rejects unknown and missing
 *     properties before it opens anything
 */
@ConsumerType
public interface PluginFactory<C> {
    /** Returns {@code C}. The default finds it if the class implements its factory interface directly. */
    @SuppressWarnings("unchecked") // the first argument of every factory interface is C
    default Class<C> configType() {
        for (Type type : getClass().getGenericInterfaces()) {
            if (type instanceof ParameterizedType factory
                    && PluginFactory.class.isAssignableFrom((Class<?>) factory.getRawType())) {
                return (Class<C>) factory.getActualTypeArguments()[0];
            }
        }
        throw new IllegalStateException(getClass() + " must override configType()");
    }

    /**
     * Throws if properties that have the right types cannot be meant, such as an address of a protocol that is not spoken: so
     * the author of a stream or rule learns it at once, and not when it is opened. Looks at nothing else, as it may be called
     * often, and for what is never opened.
     */
    default void validate(C config) {}

    /** Tells whether trying again may help. Throw the client's own exceptions, and judge them here. */
    default boolean isTransient(Exception failure) {
        return failure instanceof IOException;
    }
}
