package io.varuna.plugin.http;

import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupRows;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.source.SourceContext;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A table that a server is asked for, one request for each key. Takes the properties that a stream does. */
@Component(service = LookupFactory.class)
@PluginType("httppull")
public final class HttpPullLookup implements LookupFactory<HttpPullSource.Config> {
    private final Clients clients = new Clients();

    @Override
    public LookupSource open(
            HttpPullSource.Config config, List<String> columns, List<String> keyColumns, SourceContext context) {
        KeyedRequest request = new KeyedRequest(
                HttpPullSource.request(config, context),
                config.url() + context.dataSource(),
                config.body(),
                keyColumns);
        return new RemoteTable(
                HttpPullSource.caller(config, clients.lend(HttpPullSource.connecting(config))),
                request,
                new KeyedRows(new LookupRows(context, columns, keyColumns), keyColumns, request::names),
                context);
    }

    @Override
    public boolean isTransient(Exception failure) {
        return failure instanceof UnwelcomeStatus answer ? answer.passes() : failure instanceof IOException;
    }
}
