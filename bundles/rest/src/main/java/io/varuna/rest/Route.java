package io.varuna.rest;

import java.util.List;

/**
 * A method and a path with what answers it.
 *
 * @param template such as {@code /rules/{id}/status}; a part in braces stands for any one part
 * @param upload whether the body is a file, for which the handler has a limit of its own
 */
record Route(String method, String template, Handler handler, boolean upload) {
    Route(String method, String template, Handler handler) {
        this(method, template, handler, false);
    }

    static Route get(String template, Handler handler) {
        return new Route("GET", template, handler);
    }

    static Route post(String template, Handler handler) {
        return new Route("POST", template, handler);
    }

    static Route upload(String template, Handler handler) {
        return new Route("POST", template, handler, true);
    }

    static Route put(String template, Handler handler) {
        return new Route("PUT", template, handler);
    }

    static Route patch(String template, Handler handler) {
        return new Route("PATCH", template, handler);
    }

    static Route delete(String template, Handler handler) {
        return new Route("DELETE", template, handler);
    }

    List<String> parts() {
        return parts(template);
    }

    /** Returns the parts between slashes; one at the end does not count. */
    static List<String> parts(String path) {
        int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        return List.of(path.substring(1, end).split("/", -1));
    }

    static boolean isParameter(String part) {
        return part.startsWith("{");
    }
}
