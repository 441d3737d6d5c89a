package io.varuna.rest;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Stands in for {@link RestServlet} as long as what that one needs is not there: needs nothing itself, and has its place while
 * nobody of a higher ranking wants it.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
@ServiceRanking(-1000)
public final class StartingServlet extends GenericServlet {
    private static final long serialVersionUID = 1L;

    private static final Failure STARTING =
            new Failure(503, 1001, "Varuna is starting or stopping. Try again in a moment.");

    @Override
    public void service(ServletRequest request, ServletResponse servletResponse) throws IOException {
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        response.setHeader("Retry-After", "1");
        // what the client sends is not read
        response.setHeader("Connection", "close");
        new Exchange((HttpServletRequest) request, response, Map.of(), 0)
                .sendJson(STARTING.status(), STARTING.toJson());
    }
}
