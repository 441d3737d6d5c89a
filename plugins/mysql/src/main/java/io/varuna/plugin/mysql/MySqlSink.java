package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Inserts rows into a table. */
@Component
@PluginType("mysql")
public final class MySqlSink implements SinkFactory<MySqlSink.Config> {
    /** Properties of the sink; those of {@link MySqlConnection} come on top. */
    @ObjectClassDefinition(name = "MySQL sink")
    public @interface Config {
        @AttributeDefinition(description = "Table to insert into, or database.table")
        String table();

        @AttributeDefinition(description = "Columns to fill; by default those fields of the output that the table has")
        String[] fields() default {};

        @AttributeDefinition(
                description = "What becomes of a row whose key the table has already: error, update or ignore")
        String onDuplicate() default "error";
    }

    @Override
    public void validate(Config config) {
        OnDuplicate unused = onDuplicate(config.onDuplicate());
    }

    @Override
    public Sink open(Config config, SinkContext context) throws Exception {
        HikariDataSource pool = context.connection(HikariDataSource.class);
        return new TableWriter(
                pool, config.table(), List.of(config.fields()), onDuplicate(config.onDuplicate()), context);
    }

    private static OnDuplicate onDuplicate(String text) {
        return Stream.of(OnDuplicate.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new VarunaException(
                        StandardError.INVALID_PROPERTY,
                        "Property 'onDuplicate' of 'mysql' takes error, update or ignore, not '" + text + "'"));
    }

    @Override
    public boolean isTransient(Exception failure) {
        return SqlFailures.isTransient(failure);
    }
}
