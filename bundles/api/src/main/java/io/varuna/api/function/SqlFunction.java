package io.varuna.api.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a scalar SQL function. SQL types follow from the Java types: {@code long}, {@code double},
 * {@code boolean}, {@code String}, {@code byte[]}, {@code Instant}, {@code List}, {@code Map}, their boxes, {@code Number} for
 * both kinds of numbers, {@code Object} for anything; an array as the last parameter takes any number of arguments.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SqlFunction {
    /** The names in SQL, the first being the usual one, if not the method's in lower case with underscores. */
    String[] name() default {};

    /** One sentence for the reference manual. */
    String doc();

    /** SQL conditions that hold. They are printed in the manual and run as tests. */
    String[] examples() default {};

    /** True if the method wants to see NULL arguments. Otherwise it is not called, and the result is NULL. */
    boolean calledOnNull() default false;

    /** False if equal arguments may give different results, as for {@code rand()}. */
    boolean deterministic() default true;
}
