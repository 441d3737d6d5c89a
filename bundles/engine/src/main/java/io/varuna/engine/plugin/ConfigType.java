package io.varuna.engine.plugin;

import io.varuna.api.data.Conversions;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.util.converter.Converters;

/** The properties that a plugin takes: the members of an annotation type. */
public final class ConfigType<C> {
    private final Class<C> type;
    private final Map<String, Member> members = new TreeMap<>();

    private record Member(String name, Class<?> type, boolean required) {}

    private ConfigType(Class<C> type) {
        this.type = type;
        for (Method method : type.getDeclaredMethods()) {
            if (method.getParameterCount() == 0 && !method.isSynthetic()) {
                String name = propertyName(method.getName());
                members.put(name, new Member(name, method.getReturnType(), method.getDefaultValue() == null));
            }
        }
    }

    public static <C> ConfigType<C> of(Class<C> type) {
        return new ConfigType<>(type);
    }

    /** Returns the names of the properties, sorted. */
    public Collection<String> names() {
        return members.keySet();
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** Adds a sentence for every property that is missing or does not fit. */
    public void check(Map<String, ? extends @Nullable Object> properties, Collection<String> problems) {
        for (Member member : members.values()) {
            Object value = properties.get(member.name);
            if (value == null) {
                if (member.required) {
                    problems.add("needs property '" + member.name + "' (" + describe(member.type) + ")");
                }
            } else if (!fits(value, member.type)) {
                problems.add("property '" + member.name + "' takes " + describe(member.type) + ", not "
                        + Conversions.describe(value));
            }
        }
    }

    /** Makes the typed configuration. Properties that are not known are ignored. */
    public C proxy(Map<String, ? extends @Nullable Object> properties) {
        if (members.isEmpty()) {
            return marker();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            Object value = properties.get(name);
            if (value != null) {
                values.put(name, adapt(value, member.type));
            }
        });
        return Converters.standardConverter().convert(values).to(type);
    }

    /** Makes an annotation without members, which the converter does not. */
    private C marker() {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "annotationType" -> type;
                    case "equals" -> type.isInstance(arguments[0]);
                    case "hashCode" -> 0;
                    default -> "@" + type.getName();
                }));
    }

    private static Object adapt(Object value, Class<?> type) {
        if (type == String.class) {
            return Conversions.toText(value);
        }
        if (type == String[].class && value instanceof List<?> list) {
            return list.stream()
                    .map(element -> element == null ? "" : Conversions.toText(element))
                    .toArray(String[]::new);
        }
        // 1.0 is a whole number where one is wanted
        return value instanceof Double number && (type == int.class || type == long.class)
                ? (Object) number.longValue()
                : value;
    }

    private static boolean fits(Object value, Class<?> type) {
        if (type.isArray()) {
            return !(value instanceof List<?> list)
                    ? fits(value, type.getComponentType())
                    : list.stream().allMatch(element -> element != null && fits(element, type.getComponentType()));
        }
        if (type == boolean.class) {
            return value instanceof Boolean || (value instanceof String text && text.matches("(?i)true|false"));
        }
        if (type == int.class || type == long.class) {
            return isWhole(value, type == int.class ? Integer.MAX_VALUE : 0x1p63);
        }
        if (type == double.class || type == float.class) {
            return value instanceof Number
                    || (value instanceof String text && text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?"));
        }
        if (type.isEnum()) {
            return List.of(type.getEnumConstants()).stream()
                    .anyMatch(constant -> constant.toString().equals(value));
        }
        return true;
    }

    private static boolean isWhole(Object value, double limit) {
        if (value instanceof String text) {
            return text.matches("-?[0-9]{1,18}") && Math.abs(Double.parseDouble(text)) <= limit;
        }
        return value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) <= limit;
    }

    private static String describe(Class<?> type) {
        if (type.isArray()) {
            return "a list, each " + describe(type.getComponentType());
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == double.class || type == float.class) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            List.of(type.getEnumConstants()).stream()
                                    .map(Object::toString)
                                    .toList());
        }
        return "a text";
    }

    /** Maps the name of a member as OSGi's component property types do. */
    static String propertyName(String member) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < member.length(); i++) {
            char letter = member.charAt(i);
            if (letter == '$') {
                if (member.startsWith("$_$", i)) {
                    name.append('-');
                    i += 2;
                } else if (member.startsWith("$$", i)) {
                    name.append('$');
                    i++;
                }
            } else if (letter == '_') {
                boolean twice = member.startsWith("__", i);
                name.append(twice ? '_' : '.');
                i += twice ? 1 : 0;
            } else {
                name.append(letter);
            }
        }
        return name.toString();
    }
}
