package io.varuna.api.function;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes function definitions of annotated methods. */
final class MethodFunctions {
    private MethodFunctions() {}

    static List<FunctionDefinition> of(Class<?> library) {
        return Stream.of(library.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(SqlFunction.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(MethodFunctions::definition)
                .toList();
    }

    private static FunctionDefinition definition(Method method) {
        if (!Modifier.isStatic(method.getModifiers())
                || !Modifier.isPublic(method.getModifiers())
                || !Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
            throw new IllegalArgumentException(
                    "SQL function " + method + " must be a public static method of a public class");
        }
        SqlFunction annotation = method.getAnnotation(SqlFunction.class);
        Class<?>[] types = method.getParameterTypes();
        boolean context = types.length > 0 && types[0] == FunctionContext.class;
        int first = context ? 1 : 0;
        List<ArgumentConversion> conversions = new ArrayList<>();
        String[] names = annotation.name().length > 0 ? annotation.name() : new String[] {snakeCase(method.getName())};
        FunctionDefinition.Builder builder = FunctionDefinition.scalar(
                        names[0], () -> new MethodCall(method, conversions, context))
                .doc(annotation.doc())
                .example(annotation.examples())
                .calledOnNull(annotation.calledOnNull())
                .result(type(method.getReturnType()));
        for (int i = 1; i < names.length; i++) {
            builder.alias(names[i]);
        }
        for (int i = first; i < types.length; i++) {
            boolean last = method.isVarArgs() && i == types.length - 1;
            Class<?> type = last ? types[i].getComponentType() : types[i];
            String name = method.getParameters()[i].getName();
            conversions.add(ArgumentConversion.to(type, names[0], name));
            Parameter parameter = type == Number.class ? Parameter.number(name) : Parameter.of(name, type(type));
            builder.parameter(last ? parameter.asOptional() : parameter);
            if (last) {
                builder.variadic();
            }
        }
        if (!annotation.deterministic()) {
            builder.notDeterministic();
        }
        return builder.build();
    }

    private static DataType type(Class<?> type) {
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return DataType.BIGINT;
        }
        if (type == double.class || type == Double.class) {
            return DataType.DOUBLE;
        }
        if (type == boolean.class || type == Boolean.class) {
            return DataType.BOOLEAN;
        }
        if (type == String.class) {
            return DataType.VARCHAR;
        }
        if (type == byte[].class) {
            return DataType.VARBINARY;
        }
        if (type == Instant.class) {
            return DataType.TIMESTAMP;
        }
        if (type == List.class) {
            return DataType.array(DataType.ANY);
        }
        if (type == Map.class) {
            return DataType.struct(Schema.OPEN);
        }
        return DataType.ANY;
    }

    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** Calls a method with converted arguments. */
    private static final class MethodCall implements ScalarFunction {
        private final Method method;
        private final ArgumentConversion[] conversions;
        private final boolean context;
        private final boolean variadic;
        private @Nullable MethodHandle target;

        MethodCall(Method method, List<ArgumentConversion> conversions, boolean context) {
            this.method = method;
            this.conversions = conversions.toArray(ArgumentConversion[]::new);
            this.context = context;
            this.variadic = method.isVarArgs();
        }

        @Override
        public @Nullable Object apply(Args args) throws Exception {
            int first = context ? 1 : 0;
            @Nullable Object[] values = new @Nullable Object[first + conversions.length];
            if (context) {
                values[0] = args.context();
            }
            int fixed = variadic ? conversions.length - 1 : conversions.length;
            for (int i = 0; i < fixed; i++) {
                values[first + i] = conversions[i].apply(args.get(i));
            }
            if (variadic) {
                values[first + fixed] = conversions[fixed].applyAll(args, fixed);
            }
            return call(values);
        }

        private @Nullable Object call(@Nullable Object[] values) throws Exception {
            try {
                MethodHandle known = target;
                Object result = (Object) (known == null ? link() : known).invokeExact(values);
                return result instanceof Integer number ? (Object) number.longValue() : result;
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        /** Makes the handle when it is first needed: most functions are never called, and a start has hundreds of them. */
        private MethodHandle link() throws IllegalAccessException {
            MethodHandle linked = MethodHandles.publicLookup()
                    .unreflect(method)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
            target = linked;
            return linked;
        }
    }
}
