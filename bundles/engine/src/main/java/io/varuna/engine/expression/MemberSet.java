package io.varuna.engine.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a list that is asked more than once, by hash as far as they are all texts or all numbers. */
final class MemberSet {
    private final Set<Object> keys = new HashSet<>();
    private final boolean texts;
    private final boolean numbers;
    private final boolean withNull;

    private MemberSet(List<?> members) {
        boolean onlyTexts = true;
        boolean onlyNumbers = true;
        boolean anyNull = false;
        for (Object member : members) {
            if (member == null) {
                anyNull = true;
            } else {
                onlyTexts &= member instanceof String;
                onlyNumbers &= member instanceof Number;
                keys.add(key(member));
            }
        }
        this.texts = onlyTexts;
        this.numbers = onlyNumbers;
        this.withNull = anyNull;
    }

    static MemberSet of(List<?> members) {
        return new MemberSet(members);
    }

    /** Tells whether a value is a member; nothing where the members have to be compared one by one. */
    Optional<Boolean> contains(Object value) {
        boolean comparable = value instanceof String ? texts : value instanceof Number && numbers;
        return comparable ? Optional.of(keys.contains(key(value))) : Optional.empty();
    }

    boolean withNull() {
        return withNull;
    }

    /** Numbers are equal by their value, whole or not. */
    private static Object key(Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        if (Values.isWhole(number)) {
            return number.longValue();
        }
        double fraction = number.doubleValue();
        long whole = (long) fraction;
        // 2^63 is cut to the largest long, which is not its value
        return whole == fraction && whole != Long.MAX_VALUE ? (Object) whole : (Object) fraction;
    }

    /** Remembers the list that was asked last. */
    static final class Last {
        private @Nullable List<?> list;
        private @Nullable MemberSet members;

        /** Returns the members of the list if it is the one that was asked before. */
        @SuppressWarnings("ReferenceEquality") // another list is another one, whatever is in it
        Optional<MemberSet> again(List<?> asked) {
            if (asked != list) {
                list = asked;
                members = null;
                return Optional.empty();
            }
            MemberSet known = members;
            if (known == null) {
                known = MemberSet.of(asked);
                members = known;
            }
            return Optional.of(known);
        }
    }
}
