package io.varuna.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves the files of the console. They hold nothing secret; who may see what is decided where they ask, by the REST
 * interface. Files are read when they are first asked for, so that the start of the container does not wait for them.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/console/*")
public final class ConsoleServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Scripts and styles come from here alone, and the page shows in nobody's frame. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final transient Map<String, ConsoleFile> files = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.getPathInfo();
        if (path == null) {
            // relative, so that it holds behind a proxy with a path of its own
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "console/");
            return;
        }
        Optional<ConsoleFile> file = file(path.equals("/") ? "index.html" : path.substring(1));
        if (file.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setContentType("text/plain; charset=utf-8");
            response.getWriter().print("The console has no such file. It begins at '/console/'.");
            return;
        }
        send(request, response, file.get());
    }

    private Optional<ConsoleFile> file(String name) throws IOException {
        ConsoleFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ConsoleFile> read = ConsoleFile.read(name);
        read.ifPresent(file -> files.put(name, file));
        return read;
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, ConsoleFile file)
            throws IOException {
        // browsers keep it and ask each time whether it is still right: a new version is never mixed with an old one
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.tag());
        if (has(request.getHeader("If-None-Match"), file.tag())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.type());
        response.setContentLength(file.length());
        file.writeTo(response.getOutputStream());
    }

    private static boolean has(@Nullable String wanted, String tag) {
        return wanted != null
                && Arrays.stream(wanted.split(","))
                        .map(String::strip)
                        .anyMatch(known -> known.equals("*")
                                || known.replaceFirst("^W/", "").equals(tag));
    }
}
