package io.varuna.rest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What this server is, and the description of the interface. */
final class ServerRoutes {
    private final String version;
    private final Optional<Runnable> stop;

    /**
     * Creates them.
     *
     * @param stop ends the process, soon; empty if nobody may
     */
    ServerRoutes(String version, Optional<Runnable> stop) {
        this.version = version;
        this.stop = stop;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/", this::information),
                Route.post("/", this::information),
                // not by GET, which a page of somebody else's can have a browser do
                Route.post("/stop", this::stop),
                Route.get("/ping", exchange -> exchange.response().setStatus(200)),
                Route.get("/openapi.json", exchange -> exchange.send(200, "application/json", openApi())));
    }

    private void stop(Exchange exchange) throws IOException {
        if (stop.isEmpty()) {
            Failure failure = new Failure(
                    403,
                    1001,
                    "Nobody may stop Varuna in this way, unless 'stop.allowed' is true in the configuration"
                            + " 'io.varuna.rest'. 'bin/varuna stop' does it on its own machine.");
            exchange.sendJson(failure.status(), failure.toJson());
            return;
        }
        exchange.sendText(200, "Varuna will be stopped");
        stop.get().run();
    }

    static String openApi() throws IOException {
        try (InputStream in = Objects.requireNonNull(ServerRoutes.class.getResourceAsStream("openapi.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void information(Exchange exchange) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> information = new LinkedHashMap<>();
        information.put("version", version);
        information.put("os", System.getProperty("os.name", ""));
        information.put("arch", System.getProperty("os.arch", ""));
        information.put("upTimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        information.put("cpuUsage", cpuUsage());
        information.put("memoryUsed", Long.toString(runtime.totalMemory() - runtime.freeMemory()));
        information.put("memoryTotal", Long.toString(runtime.maxMemory()));
        exchange.sendJson(200, information);
    }

    /** Returns the part of all processors that this process uses, such as {@code 3.20%}; empty if the JVM cannot say. */
    private static String cpuUsage() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            // by name: the interface that has it is in a package that only some containers give to bundles
            Object load = server.getAttribute(
                    new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "ProcessCpuLoad");
            return load instanceof Double share && share >= 0 ? String.format(Locale.ROOT, "%.2f%%", share * 100) : "";
        } catch (JMException e) {
            return "";
        }
    }
}
