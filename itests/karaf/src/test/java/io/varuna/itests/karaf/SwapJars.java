package io.varuna.itests.karaf;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.itests.karaf.swap.CodeBook;
import io.varuna.itests.karaf.swap.CodeLookup;
import io.varuna.itests.karaf.swap.LineSink;
import io.varuna.itests.karaf.swap.NumberCodec;
import io.varuna.itests.karaf.swap.NumberSource;
import io.varuna.itests.karaf.swap.TallyFunctions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plugin of which any version can be made.
 *
 * @param kind as in paths of the REST interface
 * @param name by which it is used
 */
record SwapJars(String kind, String name, List<Component> components) {
    static final SwapJars SOURCE = of("sources", "numbers", SourceFactory.class, NumberSource.class);
    static final SwapJars CODEC = of("codecs", "number", CodecFactory.class, NumberCodec.class);
    static final SwapJars SINK = of("sinks", "lines", SinkFactory.class, LineSink.class);
    static final SwapJars FUNCTIONS = of("functions", "tallies", FunctionLibrary.class, TallyFunctions.class);
    /** A table and the connection that it uses. */
    static final SwapJars LOOKUP = new SwapJars(
            "lookups",
            "codes",
            List.of(
                    new Component(LookupFactory.class, CodeLookup.class),
                    new Component(ConnectionFactory.class, CodeBook.Factory.class)));

    /** A service, and what provides it. */
    private record Component(Class<?> service, Class<?> implementation) {}

    private static SwapJars of(String kind, String name, Class<?> service, Class<?> implementation) {
        return new SwapJars(kind, name, List.of(new Component(service, implementation)));
    }

    /** Returns the body of a request to install a version. */
    String request(String version) {
        return Rest.json(Map.of("name", name, "file", jar(version).toUri().toString()));
    }

    /** Makes the jar of a version, with all classes of the plugins. */
    Path jar(String version) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", manifest(version).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < components.size(); i++) {
            entries.put(place(i), description(components.get(i)).getBytes(StandardCharsets.UTF_8));
        }
        String directory = components.get(0).implementation().getPackageName().replace('.', '/');
        try (Stream<Path> classes = Files.list(Path.of("target/test-classes", directory))) {
            for (Path file : classes.toList()) {
                entries.put(directory + "/" + file.getFileName(), Files.readAllBytes(file));
            }
            return Zips.of(name + "-" + version, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(int component) {
        return "OSGI-INF/" + component + ".xml";
    }

    private String description(Component component) {
        return "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\""
                + component.implementation().getName() + "\">"
                + "<property name=\"varuna.plugin.type\" type=\"String\" value=\"" + name + "\"/>"
                + "<service><provide interface=\"" + component.service().getName() + "\"/></service>"
                + "<implementation class=\"" + component.implementation().getName() + "\"/></scr:component>";
    }

    private String manifest(String version) {
        return String.join(
                "\r\n",
                "Manifest-Version: 1.0",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: io.varuna.plugin." + name,
                "Bundle-Version: " + version,
                "Service-Component: "
                        + String.join(
                                ",",
                                IntStream.range(0, components.size())
                                        .mapToObj(SwapJars::place)
                                        .toList()),
                "Import-Package: org.osgi.framework,",
                imports(),
                "",
                "");
    }

    /** A line of a manifest ends after 72 bytes, so each package has its own. */
    private static String imports() {
        return String.join(
                ",\r\n",
                Stream.of("codec", "connection", "data", "function", "lookup", "plugin", "sink", "source", "state")
                        .map(name -> " io.varuna.api." + name + ";version=\"[1.0,2)\"")
                        .toList());
    }
}
