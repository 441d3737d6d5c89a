package io.varuna.rest;

import io.varuna.api.error.VarunaException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is served: web pages of this origin or an allowed one; named users with their password; and, while there
 * are no users, this machine only. Stands before everything on the server's context.
 */
@Component(service = Filter.class, configurationPid = RestConfiguration.PID)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
@ServiceRanking(1000)
public final class AccessFilter implements Filter {
    private static final String ADMITTED = AccessFilter.class.getName() + ".admitted";

    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);

    private final boolean misconfigured;
    private final Users users;
    private final Logins logins;
    private final Hosts hosts;
    private final Origins origins;
    private final Set<InetAddress> proxies;

    @Activate
    public AccessFilter(RestConfiguration configuration) {
        this(
                configuration.users(),
                configuration.hosts(),
                configuration.origins(),
                configuration.proxies(),
                Clock.systemUTC());
    }

    AccessFilter(String[] users, String[] hosts, String[] origins, String[] proxies, Clock clock) {
        Users known = null;
        Set<InetAddress> trusted = Set.of();
        try {
            trusted = Hosts.addresses(Entries.of(proxies));
            known = Users.of(users);
        } catch (VarunaException e) {
            // a mistake must not open the door, and a component that does not start would only say so in a stack trace
            LOG.error("{} Nobody is served until this is put right.", e.getMessage());
        }
        this.misconfigured = known == null;
        this.users = known == null ? Users.of() : known;
        this.logins = new Logins(this.users, clock);
        this.hosts = new Hosts(Entries.of(hosts), !this.users.isEmpty());
        this.origins = new Origins(Entries.of(origins));
        this.proxies = trusted;
    }

    /** Tells whether a request has come through the filter. */
    static boolean admitted(HttpServletRequest request) {
        return request.getAttribute(ADMITTED) != null;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        Optional<Failure> failure = checkConfiguration()
                .or(() -> checkAddress(request))
                .or(() -> hosts.check(request))
                .or(() -> origins.check(request));
        if (failure.isEmpty() && origins.isPreflight(request)) {
            origins.answerPreflight(request, response);
            return;
        }
        failure = failure.or(() -> checkLogin(request, response));
        origins.allow(request, response);
        if (failure.isPresent()) {
            refuse(request, response, failure.get());
            return;
        }
        request.setAttribute(ADMITTED, true);
        chain.doFilter(request, response);
    }

    private Optional<Failure> checkConfiguration() {
        return misconfigured
                ? Optional.of(
                        new Failure(503, 1001, "The configuration 'io.varuna.rest' has a mistake. The log says which."))
                : Optional.empty();
    }

    private Optional<Failure> checkAddress(HttpServletRequest request) {
        if (!users.isEmpty() || Callers.isOnThisMachine(request)) {
            return Optional.empty();
        }
        return Optional.of(new Failure(
                403, 1001, "Only this machine is served until 'users' are set in the configuration 'io.varuna.rest'."));
    }

    private Optional<Failure> checkLogin(HttpServletRequest request, HttpServletResponse response) {
        if (users.isEmpty() || "/ping".equals(request.getRequestURI())) {
            return Optional.empty();
        }
        Optional<Failure> failure = logins.check(Callers.address(request, proxies), request.getHeader("Authorization"));
        failure.filter(refused -> refused.status() == 401)
                .ifPresent(
                        refused -> response.setHeader("WWW-Authenticate", "Basic realm=\"varuna\", charset=\"UTF-8\""));
        return failure;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Failure failure)
            throws IOException {
        // the body of somebody who is refused is not read
        response.setHeader("Connection", "close");
        new Exchange(request, response, Map.of(), 0).sendJson(failure.status(), failure.toJson());
    }
}
