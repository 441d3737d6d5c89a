package io.varuna.plugin.http;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.SourceContext;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a server for the rows of each key. */
final class RemoteTable implements LookupSource {
    private final Caller caller;
    private final KeyedRequest request;
    private final KeyedRows rows;
    private final SourceContext context;

    RemoteTable(Caller caller, KeyedRequest request, KeyedRows rows, SourceContext context) {
        this.caller = caller;
        this.request = request;
        this.rows = rows;
        this.context = context;
    }

    @Override
    public List<Map<String, @Nullable Object>> lookup(List<Object> key) throws Exception {
        HttpRequest built = request.build(key);
        byte[] answer;
        try {
            answer = caller.ask(built);
        } catch (UnwelcomeStatus e) {
            context.status(ConnectionStatus.CONNECTED, null);
            if (request.hasPathByKey() && e.saysAbsent()) {
                return List.of();
            }
            throw e;
        } catch (IOException e) {
            context.status(ConnectionStatus.DISCONNECTED, e.getMessage());
            throw e;
        }
        context.status(ConnectionStatus.CONNECTED, null);
        return answer.length == 0 ? List.of() : read(built, answer, key);
    }

    private List<Map<String, @Nullable Object>> read(HttpRequest built, byte[] answer, List<Object> key)
            throws InterruptedException {
        try {
            return rows.read(ByteBuffer.wrap(answer), key);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    built.uri() + " answered what cannot be read in the table's format: " + e.getMessage(),
                    e);
        }
    }
}
