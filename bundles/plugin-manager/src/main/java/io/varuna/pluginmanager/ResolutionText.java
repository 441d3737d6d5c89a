package io.varuna.pluginmanager;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Says in plain words why a bundle does not resolve.
 *
 * @param exported gives the versions in which bundles export a package, in ascending order
 */
record ResolutionText(Function<String, List<Version>> exported) {
    private static final Pattern USES = Pattern.compile("exposed to package '([^']+)'", Pattern.DOTALL);
    private static final Pattern PACKAGE =
            Pattern.compile("osgi\\.wiring\\.package; .*?\\(osgi\\.wiring\\.package=([^)]+)\\)");
    private static final Pattern BUNDLE = Pattern.compile("\\(osgi\\.wiring\\.(?:bundle|host)=([^)]+)\\)");
    private static final Pattern JAVA = Pattern.compile("osgi\\.ee=JavaSE\\)\\(version=([\\d.]+)\\)");
    private static final Pattern SERVICE = Pattern.compile("osgi\\.service; .*?\\(objectClass=([^)]+)\\)");
    private static final Pattern EXTENDER =
            Pattern.compile("osgi\\.(?:extender|implementation|contract); .*?=([\\w.]+)\\)");
    private static final Pattern NATIVE = Pattern.compile("osgi\\.native");
    private static final Pattern LOWEST = Pattern.compile("\\((?:bundle-)?version>=([^)]+)\\)");
    private static final Pattern HIGHEST = Pattern.compile("\\(!\\((?:bundle-)?version>=([^)]+)\\)\\)");
    private static final Pattern WANTING = Pattern.compile("missing requirement \\[(\\S+) \\[");

    /** Returns a sentence about what a framework says. */
    String explain(String plugin, String message) {
        if (message.contains("Uses constraint violation")) {
            return "Plugin " + plugin + " " + conflict(message);
        }
        String innermost = innermost(message);
        return java(innermost)
                .or(() -> missingPackage(innermost))
                .or(() -> missingBundle(innermost))
                .or(() -> missingService(innermost))
                .or(() -> missingExtender(innermost))
                .or(() -> otherMachine(innermost))
                .map(reason -> "Plugin " + plugin + through(message, innermost) + " " + reason)
                .orElse("Plugin " + plugin + " cannot be started: " + firstSentence(message));
    }

    /** Returns the last of the causes, each of which is told in brackets at the end of what it causes. */
    private static String innermost(String message) {
        String causes = message.replaceFirst("(?s) Unresolved requirements: .*", "");
        int last = causes.lastIndexOf("missing requirement [");
        return last < 0 ? causes : causes.substring(last);
    }

    /** Returns how the plugin comes to need it, where another bundle does. */
    private static String through(String message, String innermost) {
        Matcher first = WANTING.matcher(message);
        Matcher last = WANTING.matcher(innermost);
        boolean other = first.find() && last.find() && !first.group(1).equals(last.group(1));
        return other ? " uses the bundle '" + last.group(1) + "', which" : "";
    }

    private static Optional<String> java(String message) {
        Matcher java = JAVA.matcher(message);
        return java.find() ? Optional.of(newerJava(java.group(1))) : Optional.empty();
    }

    static String newerJava(String version) {
        return "needs Java " + version + "; this is Java " + Runtime.version().feature();
    }

    private static String conflict(String message) {
        Matcher uses = USES.matcher(message);
        String name = uses.find() ? "the package '" + uses.group(1) + "'" : "one package";
        return "sees " + name + " twice: by itself and through another bundle, in different versions. Build it against"
                + " the version that is here, or put its own into the bundle privately";
    }

    private Optional<String> missingPackage(String message) {
        Matcher wiring = PACKAGE.matcher(message);
        if (!wiring.find()) {
            return Optional.empty();
        }
        String name = wiring.group(1);
        Optional<VersionRange> range = range(message);
        List<Version> here = exported.apply(name);
        String versions = here.stream().map(VersionText::brief).distinct().collect(Collectors.joining(" and "));
        return Optional.of("needs the package '" + name + "'"
                + range.map(wanted -> " in version " + VersionText.allowed(wanted))
                        .orElse("")
                + (here.isEmpty() ? ", which no bundle here has" : "; here it is in version " + versions)
                + ". Put the library that has it into the bundle, or beside the bundle into the zip");
    }

    private static Optional<VersionRange> range(String message) {
        Matcher lowest = LOWEST.matcher(message);
        Matcher highest = HIGHEST.matcher(message);
        boolean below = highest.find();
        if (!lowest.find() || (below && lowest.start() > highest.start())) {
            return below ? Optional.of(new VersionRange("[0," + highest.group(1) + ")")) : Optional.empty();
        }
        return Optional.of(
                new VersionRange(below ? "[" + lowest.group(1) + "," + highest.group(1) + ")" : lowest.group(1)));
    }

    private static Optional<String> missingBundle(String message) {
        Matcher bundle = BUNDLE.matcher(message);
        return bundle.find()
                ? Optional.of("needs the bundle '" + bundle.group(1) + "'"
                        + range(message)
                                .map(wanted -> " in version " + VersionText.allowed(wanted))
                                .orElse("")
                        + ", which is not here. Put it into the zip")
                : Optional.empty();
    }

    private static Optional<String> missingService(String message) {
        Matcher service = SERVICE.matcher(message);
        return service.find()
                ? Optional.of("needs a service '" + service.group(1) + "', which no bundle here offers")
                : Optional.empty();
    }

    private static Optional<String> missingExtender(String message) {
        Matcher extender = EXTENDER.matcher(message);
        return extender.find()
                ? Optional.of("needs '" + extender.group(1) + "' of the container, which this one does not have")
                : Optional.empty();
    }

    private static Optional<String> otherMachine(String message) {
        return NATIVE.matcher(message).find()
                ? Optional.of("has native code for other machines than " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch"))
                : Optional.empty();
    }

    private static String firstSentence(String message) {
        return message.replaceFirst("(?s)\\R.*", "");
    }
}
