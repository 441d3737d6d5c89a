package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Finds rows of a table, or of a view, by the columns that a join compares: DATASOURCE is the table, unless there is a query of
 * the user's.
 */
@Component
@PluginType("mysql")
public final class MySqlLookup implements LookupFactory<MySqlLookup.Config> {
    private static final String TEMPLATE = "templateSql";

    /** Takes the properties of {@link MySqlConnection} as well. */
    @ObjectClassDefinition(name = "MySQL table", description = "Rows of a table by key")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "A SELECT to use instead of one of the table DATASOURCE; {{.column}} in it stands for what the join compares that column with, as a parameter")
        String templateSql() default "";

        @AttributeDefinition(description = "An object with templateSql, as eKuiper has it")
        String templateSqlQueryCfg() default "";
    }

    @Override
    public LookupSource open(Config config, List<String> columns, List<String> keyColumns, SourceContext context)
            throws Exception {
        String template = template(config, context);
        if (!template.isBlank()) {
            return new TemplateReader(
                    context.connection(HikariDataSource.class),
                    SqlTemplate.of(template, keyColumns),
                    columns,
                    keyColumns,
                    context);
        }
        if (context.dataSource().isEmpty()) {
            throw new VarunaException(
                    StandardError.INVALID_STREAM,
                    "Table '" + context.stream()
                            + "' needs the option DATASOURCE: the table to ask, or database.table");
        }
        return new TableReader(context.connection(HikariDataSource.class), columns, keyColumns, context);
    }

    private static String template(Config config, SourceContext context) {
        return context.properties().get("templateSqlQueryCfg") instanceof Map<?, ?> given
                        && given.get(TEMPLATE) instanceof String template
                ? template
                : config.templateSql();
    }

    @Override
    public boolean isTransient(Exception failure) {
        return SqlFailures.isTransient(failure);
    }
}
