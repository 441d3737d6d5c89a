package io.varuna.pluginmanager;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words why a bundle does not resolve. */
final class ResolutionText {
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)\\)(.*)", Pattern.DOTALL);
    private static final Pattern BUNDLE = Pattern.compile("osgi\\.wiring\\.(?:bundle|host)=([\\w.-]+)\\)");
    private static final Pattern JAVA = Pattern.compile("osgi\\.ee=JavaSE\\)\\(version=([\\d.]+)\\)");
    private static final Pattern SERVICE =
            Pattern.compile("osgi\\.service;.*?objectClass=([\\w.]+)\\)", Pattern.DOTALL);
    private static final Pattern LOWEST = Pattern.compile("\\(version>=([\\d.]+)\\)");

    private ResolutionText() {}

    /** Returns a sentence about what a framework says. */
    static String explain(String plugin, String message) {
        return java(message)
                .or(() -> uses(message))
                .or(() -> missingPackage(message))
                .or(() -> missingBundle(message))
                .or(() -> missingService(message))
                .map(reason -> "Plugin " + plugin + " " + reason)
                .orElse("Plugin " + plugin + " cannot be started: " + message);
    }

    private static Optional<String> java(String message) {
        Matcher java = JAVA.matcher(message);
        return java.find()
                ? Optional.of("needs Java " + java.group(1) + "; this is Java "
                        + Runtime.version().feature())
                : Optional.empty();
    }

    private static Optional<String> uses(String message) {
        return message.contains("Uses constraint violation")
                ? Optional.of("sees two versions of one package: one by itself and one through another bundle. Build it"
                        + " against the version that is here, or put its own into the bundle privately (" + message
                        + ")")
                : Optional.empty();
    }

    private static Optional<String> missingPackage(String message) {
        Matcher wiring = PACKAGE.matcher(message);
        if (!wiring.find()) {
            return Optional.empty();
        }
        Matcher lowest = LOWEST.matcher(wiring.group(2));
        String version = lowest.find() ? " (version " + lowest.group(1) + " or later)" : "";
        return Optional.of("needs the package '" + wiring.group(1) + "'" + version
                + ", which no bundle here has. Put the library that has it into the zip, or into the bundle");
    }

    private static Optional<String> missingBundle(String message) {
        Matcher bundle = BUNDLE.matcher(message);
        return bundle.find()
                ? Optional.of("needs the bundle '" + bundle.group(1) + "', which is not here. Put it into the zip")
                : Optional.empty();
    }

    private static Optional<String> missingService(String message) {
        Matcher service = SERVICE.matcher(message);
        return service.find()
                ? Optional.of("needs a service '" + service.group(1) + "', which no bundle here offers")
                : Optional.empty();
    }
}
