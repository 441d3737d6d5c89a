package io.varuna.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds the route of a request. A literal part of a template wins over a parameter. Immutable. */
final class Router {
    private final List<Route> routes;

    Router(List<Route> routes) {
        List<Route> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparing(Route::template, Router::moreLiteralFirst));
        this.routes = List.copyOf(sorted);
    }

    List<Route> routes() {
        return routes;
    }

    /** Returns what there is for a method and a path; a HEAD request is answered by the route for GET. */
    Match match(String method, String path) {
        List<String> parts = Route.parts(path);
        String wanted = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            if (matches(route.parts(), parts)) {
                if (route.method().equals(wanted)) {
                    return new Match.Found(route, parameters(route.parts(), parts));
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            return new Match.UnknownPath();
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return new Match.OtherMethods(List.copyOf(allowed));
    }

    private static boolean matches(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            boolean fits = Route.isParameter(part) ? !path.get(i).isEmpty() : part.equals(path.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> parameters(List<String> template, List<String> path) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            if (Route.isParameter(part)) {
                parameters.put(part.substring(1, part.length() - 1), path.get(i));
            }
        }
        return parameters;
    }

    private static int moreLiteralFirst(String left, String right) {
        List<String> leftParts = Route.parts(left);
        List<String> rightParts = Route.parts(right);
        for (int i = 0; i < Math.min(leftParts.size(), rightParts.size()); i++) {
            int order = Boolean.compare(Route.isParameter(leftParts.get(i)), Route.isParameter(rightParts.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return left.compareTo(right);
    }

    /** What a router knows about a request. */
    sealed interface Match {
        record Found(Route route, Map<String, String> parameters) implements Match {}

        /** The path is known, for other methods only. */
        record OtherMethods(List<String> allowed) implements Match {}

        record UnknownPath() implements Match {}
    }
}
