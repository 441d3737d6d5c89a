package io.varuna.plan;

import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stream or table as declared.
 *
 * @param schema the declared columns; open where there are none
 * @param defaults by name of a column, the value that stands in where strict validation finds none
 * @param statement the text of the CREATE statement
 */
public record StreamDefinition(
        String name,
        StreamKind kind,
        Schema schema,
        Map<String, Object> defaults,
        StreamOptions options,
        String statement) {
    public StreamDefinition {
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    }
}
