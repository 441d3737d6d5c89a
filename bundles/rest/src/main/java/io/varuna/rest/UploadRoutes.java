package io.varuna.rest;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.UploadService;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files for sources, plugins and certificates. */
final class UploadRoutes {
    private static final String MULTIPART = "multipart/form-data";
    private static final String PART = "uploadFile";
    /** What stands around the content of a file in a multipart body. */
    private static final long MOST_OVERHEAD = 16 * 1024;

    private final UploadService uploads;
    private final Documents documents;

    UploadRoutes(UploadService uploads, Documents documents) {
        this.uploads = uploads;
        this.documents = documents;
    }

    List<Route> routes() {
        String all = "/config/uploads";
        return List.of(
                Route.get(all, this::list),
                Route.upload(all, this::create),
                Route.delete(all + "/{name}", this::delete));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.sendJson(200, uploads.list().stream().map(Path::toString).toList());
    }

    private void create(Exchange exchange) throws Exception {
        String type = exchange.request().getContentType();
        boolean multipart = type != null && type.toLowerCase(Locale.ROOT).startsWith(MULTIPART);
        Path file = multipart ? takePart(exchange.request()) : takeBody(exchange);
        exchange.sendText(201, file.toString());
    }

    private void delete(Exchange exchange) throws IOException {
        String name = exchange.path("name");
        if (!uploads.remove(name)) {
            throw new VarunaException(
                    StandardError.KEY_NOT_FOUND,
                    "There is no uploaded file '" + name + "'. GET '/config/uploads' lists those that there are.");
        }
        exchange.sendText(200, "ok");
    }

    private Path takeBody(Exchange exchange) throws Exception {
        Body body = Body.of(exchange.body(), "name", "content", "file");
        String name = body.text("name");
        Optional<Object> content = body.value("content");
        Optional<String> address = body.optionalText("file");
        if (content.isPresent() == address.isPresent()) {
            throw body.invalid("The body needs either 'content', the file as a text, or 'file', its address");
        }
        if (address.isPresent()) {
            return documents.with(address.get(), uploads.mostBytes(), file -> {
                try (InputStream in = Files.newInputStream(file)) {
                    return uploads.put(name, in);
                }
            });
        }
        if (content.get() instanceof String text) {
            return uploads.put(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
        throw body.invalid("'content' must be a text, but is " + Json.write(content.get()));
    }

    /** Takes the file of a form. The server keeps it on the disk on its way, so its length is looked at first. */
    private Path takePart(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0) {
            throw invalid("A form needs its length in the header 'Content-Length'", null);
        }
        if (length > uploads.mostBytes() + MOST_OVERHEAD) {
            throw new VarunaException(
                    StandardError.REQUEST_TOO_LARGE,
                    "The form is larger than the " + uploads.mostBytes() + " bytes that a file may have. Send less, or"
                            + " raise 'file.limit' in the configuration 'io.varuna.uploads'.");
        }
        try {
            Part part = request.getPart(PART);
            if (part == null || part.getSubmittedFileName() == null) {
                throw invalid("The form needs a file under the name '" + PART + "'", null);
            }
            try (InputStream in = part.getInputStream()) {
                return uploads.put(part.getSubmittedFileName(), in);
            } finally {
                part.delete();
            }
        } catch (ServletException | IllegalStateException e) {
            throw invalid("The form cannot be read: " + e.getMessage(), e);
        }
    }

    private static VarunaException invalid(String problem, @Nullable Exception cause) {
        return new VarunaException(
                StandardError.INVALID_JSON, problem + ". Send it as 'curl -F " + PART + "=@FILE' does.", cause);
    }
}
