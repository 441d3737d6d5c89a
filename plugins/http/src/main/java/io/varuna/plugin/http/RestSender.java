package io.varuna.plugin.http;

import io.varuna.api.data.Row;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.RejectedRowsException;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request for each message, in order. A message that the server refuses for good is left out; where it cannot take
 * any now, the batch comes again, and those of its messages that went through are not sent twice.
 */
final class RestSender implements Sink {
    private final Caller caller;
    private final RequestTemplate request;
    private final String url;
    private final SinkContext context;
    /** The payloads of the batch that failed which are done with: the server has them, or refuses them for good. */
    private List<byte[]> settled = List.of();
    /** Which rows of those are refused, for when the batch is done. */
    private Map<Integer, Exception> refused = Map.of();

    RestSender(Caller caller, RequestTemplate request, String url, SinkContext context) {
        this.caller = caller;
        this.request = request;
        this.url = url;
        this.context = context;
    }

    @Override
    public void write(Batch batch) throws Exception {
        List<Message> messages = batch.messages();
        boolean again = startsWithSettled(messages);
        int done = again ? settled.size() : 0;
        Map<Integer, Exception> refusals = new LinkedHashMap<>(again ? refused : Map.of());
        int row = rowsOf(messages.subList(0, done));
        for (; done < messages.size(); done++) {
            Message message = messages.get(done);
            try {
                Exception refusal = send(message);
                if (refusal != null) {
                    for (int i = 0; i < message.rows().size(); i++) {
                        refusals.put(row + i, refusal);
                    }
                }
            } catch (IOException e) {
                settled = payloads(messages.subList(0, done));
                refused = refusals;
                context.status(ConnectionStatus.DISCONNECTED, e.toString());
                throw e;
            }
            row += message.rows().size();
        }
        settled = List.of();
        refused = Map.of();
        context.status(ConnectionStatus.CONNECTED, null);
        if (!refusals.isEmpty()) {
            throw new RejectedRowsException(refusals);
        }
    }

    /** Returns why the message cannot be sent or the server refuses it for good, or null; throws if it may go later. */
    private @Nullable Exception send(Message message) throws IOException, InterruptedException {
        HttpRequest built;
        try {
            built = request(message);
        } catch (VarunaException | IllegalArgumentException e) {
            // values of the message make an address or header that is none; the other messages have their own
            return e;
        }
        HttpResponse<byte[]> response = caller.send(built);
        int status = response.statusCode();
        if (status >= 200 && status <= 299) {
            return null;
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        String answer = built.uri() + " answered " + status + (body.isEmpty() ? "" : ": " + shortened(body));
        if (UnwelcomeStatus.passes(status)) {
            throw new IOException(answer);
        }
        return new IOException(answer);
    }

    private HttpRequest request(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, message.fill(value)));
        return request.build(RequestTemplate.address(message.fill(url)), body(message), headers);
    }

    private ByteBuffer body(Message message) {
        return switch (request.bodyType()) {
            case NONE -> ByteBuffer.allocate(0);
            case FORM -> ByteBuffer.wrap(form(message.rows().get(0)).getBytes(StandardCharsets.US_ASCII));
            case JSON, TEXT, HTML, XML, JAVASCRIPT, BINARY -> message.payload();
        };
    }

    private static String form(Row row) {
        return row.toMap().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> encode(entry.getKey()) + "=" + encode(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }

    private boolean startsWithSettled(List<Message> messages) {
        if (settled.size() > messages.size()) {
            return false;
        }
        for (int i = 0; i < settled.size(); i++) {
            if (!ByteBuffer.wrap(settled.get(i)).equals(messages.get(i).payload())) {
                return false;
            }
        }
        return true;
    }

    private static List<byte[]> payloads(List<Message> messages) {
        List<byte[]> payloads = new ArrayList<>();
        for (Message message : messages) {
            ByteBuffer payload = message.payload();
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            payloads.add(bytes);
        }
        return payloads;
    }

    private static int rowsOf(List<Message> messages) {
        return messages.stream().mapToInt(message -> message.rows().size()).sum();
    }
}
