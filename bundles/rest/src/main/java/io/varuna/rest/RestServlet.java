package io.varuna.rest;

import io.varuna.api.manage.CatalogService;
import io.varuna.api.manage.ConnectionService;
import io.varuna.api.manage.DataService;
import io.varuna.api.manage.DownloadService;
import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.KeyedStateService;
import io.varuna.api.manage.PluginService;
import io.varuna.api.manage.ProfileService;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.StreamService;
import io.varuna.api.manage.TrialService;
import io.varuna.api.manage.UploadService;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletMultipart;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management interface over HTTP. Serves only what {@link AccessFilter} has admitted. */
@Component(service = Servlet.class, configurationPid = RestConfiguration.PID)
@Designate(ocd = RestConfiguration.class)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardServletMultipart(fileSizeThreshold = 65_536)
public final class RestServlet implements Servlet {
    private static final Logger LOG = LoggerFactory.getLogger(RestServlet.class);
    private static final int SMALLEST_BODY_LIMIT = 1024;

    private final int bodyLimit;
    private final EventStreams eventStreams;
    private final Router router;
    private @Nullable ServletConfig config;

    @Activate
    public RestServlet(
            @Reference StreamService streams,
            @Reference RuleService rules,
            @Reference FunctionService functions,
            @Reference PluginService plugins,
            @Reference CatalogService catalogs,
            @Reference ProfileService profiles,
            @Reference KeyedStateService keyedState,
            @Reference ConnectionService connections,
            @Reference TrialService trials,
            @Reference UploadService uploads,
            @Reference DataService data,
            @Reference DownloadService downloads,
            RestConfiguration configuration,
            BundleContext context) {
        this(
                streams,
                rules,
                functions,
                plugins,
                catalogs,
                profiles,
                keyedState,
                connections,
                trials,
                uploads,
                data,
                downloads,
                usable(configuration.body_limit()),
                configuration.event_streams(),
                configuration.stop_allowed() ? Optional.of(() -> stop(context)) : Optional.empty(),
                withoutQualifier(context.getBundle().getVersion()));
    }

    /** Returns a limit that can be counted up to and one more; a mistake must not shut everybody out. */
    static int usable(int bodyLimit) {
        int usable = Math.max(SMALLEST_BODY_LIMIT, Math.min(bodyLimit, Integer.MAX_VALUE - 1));
        if (bodyLimit < usable) {
            LOG.warn(
                    "'body.limit' in the configuration 'io.varuna.rest' is {}; {} is used, the least it can be",
                    bodyLimit,
                    usable);
        }
        return usable;
    }

    RestServlet(
            StreamService streams,
            RuleService rules,
            FunctionService functions,
            PluginService plugins,
            CatalogService catalogs,
            ProfileService profiles,
            KeyedStateService keyedState,
            ConnectionService connections,
            TrialService trials,
            UploadService uploads,
            DataService data,
            DownloadService downloads,
            int bodyLimit,
            int eventStreamLimit,
            Optional<Runnable> stop,
            String version) {
        this.bodyLimit = bodyLimit;
        this.eventStreams = new EventStreams(eventStreamLimit);
        Documents documents = new Documents(downloads, bodyLimit);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ServerRoutes(version, stop).routes());
        routes.addAll(new MetricsRoutes(new RuleMetrics(rules), new ProcessMetrics(version, plugins)).routes());
        routes.addAll(new StreamRoutes(streams, false).routes());
        routes.addAll(new StreamRoutes(streams, true).routes());
        routes.addAll(new RuleRoutes(rules).routes());
        routes.addAll(new RuleStatusRoutes(rules).routes());
        routes.addAll(new RuleTagRoutes(rules).routes());
        routes.addAll(new RulesetRoutes(rules, documents).routes());
        routes.addAll(new OutputRoutes(rules, eventStreams).routes());
        routes.addAll(new TrialRoutes(trials, eventStreams).routes());
        routes.addAll(new UploadRoutes(uploads, documents).routes());
        routes.addAll(new DataRoutes(data, documents).routes());
        routes.addAll(new PluginRoutes(plugins).routes());
        routes.addAll(new PluginFunctionRoutes(plugins, functions).routes());
        routes.addAll(new CatalogRoutes(catalogs).routes());
        routes.addAll(new MetadataRoutes(functions, plugins).routes());
        routes.addAll(new ProfileRoutes(profiles, plugins).routes());
        routes.addAll(new ConnectionRoutes(profiles, connections).routes());
        routes.addAll(new KeyedStateRoutes(keyedState).routes());
        this.router = new Router(routes);
    }

    List<Route> routes() {
        return router.routes();
    }

    @Override
    public void init(ServletConfig servletConfig) {
        this.config = servletConfig;
    }

    @Override
    public @Nullable ServletConfig getServletConfig() {
        return config;
    }

    @Override
    public String getServletInfo() {
        return "Varuna REST";
    }

    @Override
    public void service(ServletRequest servletRequest, ServletResponse servletResponse) throws IOException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        if (!AccessFilter.admitted(request)) {
            answer(
                    new Exchange(request, response, Map.of(), bodyLimit),
                    new Failure(503, 1001, "Access control is not ready. Try again in a moment."));
            return;
        }
        answer(request, response);
    }

    /** Does nothing: a server that is configured anew destroys the servlet and initialises it again. */
    @Override
    public void destroy() {}

    @Deactivate
    void close() {
        eventStreams.close();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        Router.Match match = router.match(request.getMethod(), path);
        if (match instanceof Router.Match.Found found) {
            answer(new Exchange(request, response, found.parameters(), bodyLimit), found.route());
            return;
        }
        Exchange exchange = new Exchange(request, response, Map.of(), bodyLimit);
        if (match instanceof Router.Match.OtherMethods other) {
            answerOtherMethod(exchange, path, String.join(", ", other.allowed()));
            return;
        }
        answer(
                exchange,
                new Failure(404, 1002, "There is no '" + path + "'. See what there is with GET '/openapi.json'."));
    }

    private static void answerOtherMethod(Exchange exchange, String path, String allowed) throws IOException {
        exchange.response().setHeader("Allow", allowed);
        String method = exchange.request().getMethod();
        if (method.equals("OPTIONS")) {
            exchange.response().setStatus(204);
            return;
        }
        answer(
                exchange,
                new Failure(405, 1001, "'" + path + "' does not take " + method + ". It takes: " + allowed + "."));
    }

    private void answer(Exchange exchange, Route route) throws IOException {
        HttpServletRequest request = exchange.request();
        boolean verbose = false;
        try {
            verbose = exchange.flag("verbose");
            if (!route.upload() && request.getContentLengthLong() > bodyLimit) {
                throw Exchange.tooLarge(bodyLimit);
            }
            route.handler().handle(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, new Failure(503, 1001, "The server is being stopped."));
        } catch (Exception e) {
            if (exchange.response().isCommitted()) {
                LOG.debug(
                        "The client of {} {} left before the answer was sent",
                        request.getMethod(),
                        route.template(),
                        e);
                return;
            }
            // what was begun is no part of the answer
            exchange.response().resetBuffer();
            answer(exchange, Failure.of(e, request.getMethod() + " " + request.getRequestURI()), verbose);
        }
    }

    private static void answer(Exchange exchange, Failure failure) throws IOException {
        answer(exchange, failure, false);
    }

    private static void answer(Exchange exchange, Failure failure, boolean verbose) throws IOException {
        if (failure.status() == 413) {
            // what is left of the body is not read, so the connection cannot carry another request
            exchange.response().setHeader("Connection", "close");
        }
        exchange.sendJson(failure.status(), failure.toJson(verbose));
    }

    /** Ends the process on another thread, after the answer has had time to leave. */
    private static void stop(BundleContext context) {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        LOG.info("Varuna is stopped by a request");
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> {
            try {
                system.stop();
            } catch (BundleException e) {
                LOG.error("Varuna could not be stopped", e);
            }
        });
    }

    private static String withoutQualifier(Version version) {
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}
