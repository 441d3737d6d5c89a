package io.varuna.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Names columns of the output that have no alias. */
final class OutputNames {
    private final Set<String> used = new HashSet<>();
    private int unnamed;

    /** Takes the aliases, which are not given to anything else. */
    OutputNames(List<String> aliases) {
        used.addAll(aliases);
    }

    /** Returns the name that an item has of itself: that of its column or function. */
    static Optional<String> of(SqlNode item) {
        if (item instanceof SqlIdentifier identifier && identifier.names.size() <= 2) {
            return Optional.of(identifier.names.get(identifier.names.size() - 1));
        }
        if (item.getKind() == SqlKind.OVER || item.getKind() == SqlKind.FILTER) {
            return of(((SqlCall) item).operand(0));
        }
        if (item instanceof SqlBasicCall call && call.getOperator() instanceof SqlFunction function) {
            return Optional.of(function.getName().toLowerCase(Locale.ROOT));
        }
        return Optional.empty();
    }

    String name(SqlNode item) {
        return of(item).orElseGet(this::next);
    }

    private String next() {
        String name;
        do {
            name = "kuiper_field_" + unnamed++;
        } while (used.contains(name));
        return name;
    }
}
