package io.varuna.pluginmanager;

import io.varuna.api.manage.PropertyDescription;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Describes the properties that a factory takes, from its annotation type and the metatype that was made of it. */
final class PropertyReader {
    private PropertyReader() {}

    /**
     * Returns the properties, required ones first, then by name.
     *
     * @param descriptions sentences by name of a property
     */
    static List<PropertyDescription> properties(Class<?> type, Map<String, String> descriptions) {
        String prefix = prefix(type);
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
                .filter(method -> method.getReturnType() != void.class)
                .map(method -> property(prefix + name(method.getName()), method, type.isAnnotation(), descriptions))
                .sorted(Comparator.comparing((PropertyDescription property) -> !property.required())
                        .thenComparing(PropertyDescription::name))
                .toList();
    }

    private static PropertyDescription property(
            String name, Method method, boolean annotation, Map<String, String> descriptions) {
        Object value = method.getDefaultValue();
        return new PropertyDescription(
                name,
                typeName(method.getReturnType()),
                annotation && value == null,
                text(value),
                descriptions.getOrDefault(name, ""));
    }

    private static String prefix(Class<?> type) {
        try {
            Object prefix = type.getField("PREFIX_").get(null);
            return String.valueOf(prefix);
        } catch (NoSuchFieldException | IllegalAccessException e) {
            // most have none
            return "";
        }
    }

    /** Returns the property that a member stands for, by the rules of OSGi's component property types. */
    static String name(String member) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < member.length(); i++) {
            char c = member.charAt(i);
            if (member.startsWith("$_$", i)) {
                name.append('-');
                i += 2;
            } else if (c == '$' || c == '_') {
                boolean doubled = i + 1 < member.length() && member.charAt(i + 1) == c;
                if (doubled) {
                    name.append(c);
                    i++;
                } else if (c == '_') {
                    name.append('.');
                }
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }

    private static String typeName(Class<?> type) {
        Class<?> component = type.getComponentType();
        if (component != null) {
            return typeName(component) + "[]";
        }
        return type == String.class || type.isEnum() || type == Class.class ? "string" : type.getSimpleName();
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!value.getClass().isArray()) {
            return String.valueOf(value);
        }
        StringJoiner joined = new StringJoiner(",");
        for (int i = 0; i < Array.getLength(value); i++) {
            joined.add(String.valueOf(Array.get(value, i)));
        }
        return joined.toString();
    }

    /** Returns the descriptions in a metatype document, by name of a property. */
    static Map<String, String> descriptions(InputStream metatype) throws XMLStreamException {
        Map<String, String> descriptions = new HashMap<>();
        XMLStreamReader reader = SafeXml.reader(metatype);
        try {
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("AD")) {
                    descriptions.put(SafeXml.attribute(reader, "id"), SafeXml.attribute(reader, "description"));
                }
            }
        } finally {
            reader.close();
        }
        return descriptions;
    }
}
