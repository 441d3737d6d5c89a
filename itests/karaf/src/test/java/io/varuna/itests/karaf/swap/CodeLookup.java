package io.varuna.itests.karaf.swap;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.source.SourceContext;
import java.util.List;
import java.util.Map;

/** A table that has one row for every key: the versions of itself and of the connection that it uses. */
public final class CodeLookup implements LookupFactory<CodeLookup.Config> {
    /** It takes no properties. */
    public @interface Config {}

    @Override
    public LookupSource open(Config config, List<String> columns, List<String> keyColumns, SourceContext context)
            throws Exception {
        CodeBook book = context.connection(CodeBook.class);
        return key -> List.of(
                Map.of(keyColumns.get(0), key.get(0), "code", Versions.of(CodeLookup.class) + "/" + book.version()));
    }
}
