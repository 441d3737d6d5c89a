package io.varuna.itests.rules;

import io.varuna.plan.Expression;
import io.varuna.plan.Output;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RowPattern;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of things that plans are made of: records, such as {@code IntervalJoin}, and what their components can be, such as
 * {@code IntervalJoin.kind LEFT}. Read from the classes, so that a new kind is known as soon as it is there.
 */
final class PlanKinds {
    private static final String PACKAGE = PlanNode.class.getPackageName();

    private PlanKinds() {}

    /** Returns all kinds that there can be. */
    static Set<String> all() {
        Set<Class<?>> records = new LinkedHashSet<>();
        List.of(PlanNode.class, Expression.class, RowPattern.class, Output.class)
                .forEach(type -> addRecords(type, records));
        Set<String> kinds = new TreeSet<>();
        for (Class<?> record : records) {
            kinds.add(name(record));
            for (RecordComponent component : record.getRecordComponents()) {
                if (component.getType().isEnum()) {
                    Arrays.stream(component.getType().getEnumConstants())
                            .forEach(value -> kinds.add(name(record, component, value)));
                } else if (component.getType() == boolean.class) {
                    kinds.add(name(record, component, true));
                    kinds.add(name(record, component, false));
                }
            }
        }
        return kinds;
    }

    private static void addRecords(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> addRecords(argument, records));
        }
        if (!(type instanceof Class<?> found) || !found.getPackageName().equals(PACKAGE)) {
            return;
        }
        if (found.isSealed()) {
            Arrays.stream(found.getPermittedSubclasses()).forEach(permitted -> addRecords(permitted, records));
        }
        if (found.isRecord() && records.add(found)) {
            Arrays.stream(found.getRecordComponents())
                    .forEach(component -> addRecords(component.getGenericType(), records));
        }
    }

    /** Adds the kinds that a plan is made of. */
    static void add(Output plan, Set<String> kinds) {
        parts(plan, Record.class).forEach(part -> {
            kinds.add(name(part.getClass()));
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                Object value = value(part, component);
                if (value instanceof Enum<?> || value instanceof Boolean) {
                    kinds.add(name(part.getClass(), component, value));
                }
            }
        });
    }

    /** Returns the parts of a plan that are of a class. */
    static <T> List<T> parts(Output plan, Class<T> type) {
        List<T> found = new ArrayList<>();
        Deque<Object> open = new ArrayDeque<>(List.of(plan));
        while (!open.isEmpty()) {
            Object part = open.pop();
            if (type.isInstance(part)) {
                found.add(type.cast(part));
            }
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                Object value = value((Record) part, component);
                Stream.of(value instanceof Collection<?> several ? several.toArray() : new @Nullable Object[] {value})
                        .filter(PlanKinds::isPart)
                        .forEach(open::push);
            }
        }
        return found;
    }

    private static boolean isPart(@Nullable Object value) {
        return value instanceof Record && value.getClass().getPackageName().equals(PACKAGE);
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static String name(Class<?> record) {
        return record.getName().substring(PACKAGE.length() + 1).replace('$', '.');
    }

    private static String name(Class<?> record, RecordComponent component, Object value) {
        return name(record) + '.' + component.getName() + ' ' + value;
    }
}
