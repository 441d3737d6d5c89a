package io.varuna.plugin.mysql;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The same as {@link MySqlLookup} under the name that eKuiper gives to it. */
@Component
@PluginType("sql")
public final class SqlLookup implements LookupFactory<MySqlLookup.Config> {
    private final MySqlLookup mysql = new MySqlLookup();

    @Override
    public LookupSource open(
            MySqlLookup.Config config, List<String> columns, List<String> keyColumns, SourceContext context)
            throws Exception {
        return mysql.open(config, columns, keyColumns, context);
    }

    @Override
    public boolean isTransient(Exception failure) {
        return mysql.isTransient(failure);
    }
}
