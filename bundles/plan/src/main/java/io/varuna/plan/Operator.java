package io.varuna.plan;

/**
 * The operators of expressions.
 *
 * <p>In the rule dialect a comparison with NULL is false, also a negated one, and arithmetic with NULL is NULL; in the
 * standard dialect logic is three-valued. Values that do not fit an operator make the evaluation fail, which costs the row.
 */
public enum Operator {
    AND("AND"),
    OR("OR"),
    NOT("NOT"),
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    /** Value, lower bound, upper bound. */
    BETWEEN("BETWEEN"),
    NOT_BETWEEN("NOT BETWEEN"),
    /** Value, then the members. */
    IN("IN"),
    NOT_IN("NOT IN"),
    /** Value, a list. */
    IN_LIST("IN"),
    NOT_IN_LIST("NOT IN"),
    /** Value, name of a comparison as a literal, list: whether it is true of any element. */
    ANY("ANY"),
    /** Likewise: whether it is true of all elements. */
    ALL("ALL"),
    /** Text, pattern, and, where there is a third, the escape character. */
    LIKE("LIKE"),
    NOT_LIKE("NOT LIKE"),
    IS_NULL("IS NULL"),
    IS_NOT_NULL("IS NOT NULL"),
    IS_TRUE("IS TRUE"),
    IS_NOT_TRUE("IS NOT TRUE"),
    IS_FALSE("IS FALSE"),
    IS_NOT_FALSE("IS NOT FALSE"),
    PLUS("+"),
    MINUS("-"),
    MULTIPLY("*"),
    /** Whole numbers give a whole number where the dividend and divisor were declared so or the result is whole. */
    DIVIDE("/"),
    REMAINDER("%"),
    NEGATE("-"),
    BITWISE_AND("&"),
    BITWISE_OR("|"),
    BITWISE_XOR("^"),
    CONCATENATE("||"),
    /** Struct, name of a member as a literal. */
    MEMBER("->"),
    /** List or struct, index; counts from 0, negative from the end. */
    INDEX("[]"),
    /** Position that counts from 1, negative from the end: the index for it, which counts from 0. Fails for 0. */
    POSITION("POSITION"),
    /** List, start, end; NULL literals stand for the ends. The end is not included. */
    SLICE("[:]"),
    /** Condition, value, condition, value, ..., value otherwise. */
    CASE("CASE"),
    COALESCE("COALESCE"),
    /** Datetime, or milliseconds since the epoch, and milliseconds as a BIGINT: the time that much later. */
    ADD_TIME("+"),
    /** Values: the list of them. */
    LIST("ARRAY"),
    /** To the type of the operation. */
    CAST("CAST"),
    /** Name, value, name, value, ...: a new struct. Missing values are left out. */
    STRUCT("STRUCT"),
    /** Name of a scalar function of one argument as a literal, list: the list of its results. */
    EACH("ARRAY_MAP"),
    /** Structs; of members with equal names the first one stays. */
    MERGE("MERGE"),
    /** Struct, then names to leave out. */
    EXCEPT("EXCEPT"),
    /** Struct, then name, value, ...: sets members, unless the value is NULL. */
    REPLACE("REPLACE");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** Returns the operator as it is written. */
    public String symbol() {
        return symbol;
    }
}
