package io.varuna.testkit;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.PluginFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.util.converter.Converter;
import org.osgi.util.converter.Converters;

/** Turns properties into the typed configuration of a plugin, as the engine does. */
public final class Configurations {
    private static final Converter CONVERTER = Converters.standardConverter();

    private Configurations() {}

    /**
     * Returns the configuration of {@code factory}. Properties that it does not take are ignored, since a connection is
     * configured from the properties of its sources and sinks.
     *
     * @throws VarunaException if a property without default is missing
     */
    public static <C> C of(PluginFactory<C> factory, Map<String, ? extends @Nullable Object> properties) {
        return of(factory.configType(), properties);
    }

    /** Returns the configuration of an annotation type; see {@link #of(PluginFactory, Map)}. */
    public static <C> C of(Class<C> type, Map<String, ? extends @Nullable Object> properties) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Method member : type.getDeclaredMethods()) {
            if (isProperty(member)) {
                String name = propertyName(member.getName());
                Object value = properties.get(name);
                if (value != null) {
                    values.put(name, converted(member, value));
                } else if (member.getDefaultValue() == null) {
                    throw new VarunaException(
                            StandardError.INVALID_PROPERTY,
                            "Property '" + name + "' is missing. It takes: " + String.join(", ", names(type)));
                }
            }
        }
        return names(type).isEmpty()
                ? withoutProperties(type)
                : CONVERTER.convert(values).to(type);
    }

    /** Makes what the converter refuses to make: an annotation without members. */
    private static <C> C withoutProperties(Class<C> type) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "annotationType" -> type;
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "@" + type.getName() + "()";
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Opens a connection as the engine does. */
    static <C, T extends AutoCloseable> T connect(
            ConnectionFactory<C, T> factory, Map<String, ? extends @Nullable Object> properties) throws Exception {
        return factory.open(of(factory, properties));
    }

    /** Returns the names of the properties that the annotation type declares. */
    static Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Method member : type.getDeclaredMethods()) {
            if (isProperty(member)) {
                names.add(propertyName(member.getName()));
            }
        }
        return names;
    }

    private static boolean isProperty(Method member) {
        return member.getParameterCount() == 0
                && !member.isSynthetic()
                && !member.getName().contains("$jacoco");
    }

    private static Object converted(Method member, Object value) {
        boolean structured = value instanceof Map || value instanceof Iterable;
        if (!structured || member.getReturnType() != String.class) {
            return value;
        }
        try {
            return JSON.std.asString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps a member name to a property name by the rules of OSGi's component property types. */
    static String propertyName(String member) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < member.length(); i++) {
            char c = member.charAt(i);
            boolean doubled = i + 1 < member.length() && member.charAt(i + 1) == c;
            if (c == '_') {
                name.append(doubled ? '_' : '.');
                i += doubled ? 1 : 0;
            } else if (c == '$') {
                if (member.startsWith("$_$", i)) {
                    name.append('-');
                    i += 2;
                } else if (doubled) {
                    name.append('$');
                    i++;
                }
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
