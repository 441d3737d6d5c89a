package io.varuna.itests.karaf;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
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
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plugin of which any version can be made.
 *
 * @param kind as in paths of the REST interface
 * @param name by which it is used
 */
record SwapJars(String kind, String name, Class<?> service, Class<?> implementation) {
    static final SwapJars SOURCE = new SwapJars("sources", "numbers", SourceFactory.class, NumberSource.class);
    static final SwapJars CODEC = new SwapJars("codecs", "number", CodecFactory.class, NumberCodec.class);
    static final SwapJars SINK = new SwapJars("sinks", "lines", SinkFactory.class, LineSink.class);
    static final SwapJars FUNCTIONS = new SwapJars("functions", "tallies", FunctionLibrary.class, TallyFunctions.class);

    /** Returns the body of a request to install a version. */
    String request(String version) {
        return Rest.json(Map.of("name", name, "file", jar(version).toUri().toString()));
    }

    Path jar(String version) {
        String component = "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + name + "\">"
                + "<property name=\"varuna.plugin.type\" type=\"String\" value=\"" + name + "\"/>"
                + "<service><provide interface=\"" + service.getName() + "\"/></service>"
                + "<implementation class=\"" + implementation.getName() + "\"/></scr:component>";
        String manifest = String.join(
                "\r\n",
                "Manifest-Version: 1.0",
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: io.varuna.plugin." + name,
                "Bundle-Version: " + version,
                "Service-Component: OSGI-INF/plugin.xml",
                "Import-Package: org.osgi.framework,",
                imports(),
                "",
                "");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
        entries.put("OSGI-INF/plugin.xml", component.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> classes = Files.list(
                Path.of("target/test-classes", implementation.getPackageName().replace('.', '/')))) {
            for (Path file : classes.toList()) {
                entries.put(
                        implementation.getPackageName().replace('.', '/') + "/" + file.getFileName(),
                        Files.readAllBytes(file));
            }
            return Zips.of(name + "-" + version, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of a manifest ends after 72 bytes, so each package has its own. */
    private static String imports() {
        return String.join(
                ",\r\n",
                Stream.of("codec", "data", "function", "plugin", "sink", "source", "state")
                        .map(name -> " io.varuna.api." + name + ";version=\"[1.0,2)\"")
                        .toList());
    }
}
