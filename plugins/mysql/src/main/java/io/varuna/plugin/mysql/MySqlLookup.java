package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Finds rows of a table, or of a view, by the columns that a join compares. DATASOURCE is the table. */
@Component
@PluginType("mysql")
public final class MySqlLookup implements LookupFactory<MySqlLookup.Config> {
    /** Takes the properties of {@link MySqlConnection}, and no others. */
    @ObjectClassDefinition(name = "MySQL table", description = "Rows of a table by key")
    public @interface Config {}

    @Override
    public LookupSource open(Config config, List<String> columns, List<String> keyColumns, SourceContext context)
            throws Exception {
        if (context.dataSource().isEmpty()) {
            throw new VarunaException(
                    StandardError.INVALID_STREAM,
                    "Table '" + context.stream()
                            + "' needs the option DATASOURCE: the table to ask, or database.table");
        }
        return new TableReader(context.connection(HikariDataSource.class), columns, keyColumns, context);
    }

    @Override
    public boolean isTransient(Exception failure) {
        return SqlFailures.isTransient(failure);
    }
}
