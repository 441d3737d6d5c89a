package io.varuna.plugin.functions.json;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A compiled JSONPath. */
final class ValuePath {
    /** ValuePath are constants of rules; this is for those who make many rules. */
    private static final int MOST_PATHS = 1_000;

    private static final ConcurrentHashMap<String, ValuePath> KNOWN = new ConcurrentHashMap<>();
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new JsonSmartJsonProvider())
            .mappingProvider(new JsonSmartMappingProvider())
            .build();

    private final String text;
    private final JsonPath path;

    private ValuePath(String text, JsonPath path) {
        this.text = text;
        this.path = path;
    }

    static ValuePath of(String text) {
        ValuePath known = KNOWN.get(text);
        if (known != null) {
            return known;
        }
        if (KNOWN.size() >= MOST_PATHS) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(text, ValuePath::compile);
    }

    private static ValuePath compile(String text) {
        if (text.isBlank()) {
            throw JsonTexts.problem("A JSONPath is not empty. Write it like '$.a.b[0]'");
        }
        try {
            return new ValuePath(text, JsonPath.compile(PathFilters.parenthesised(text)));
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw JsonTexts.problem("'" + text + "' is not a JSONPath: " + e.getMessage());
        }
    }

    /** Returns what there is at the path: null for nothing, a list where the path may find several. */
    @Nullable
    Object find(Object json) {
        try {
            return path.read(json, CONFIGURATION);
        } catch (PathNotFoundException e) {
            return null;
        } catch (JsonPathException e) {
            throw JsonTexts.problem("Path '" + text + "': " + e.getMessage());
        }
    }
}
