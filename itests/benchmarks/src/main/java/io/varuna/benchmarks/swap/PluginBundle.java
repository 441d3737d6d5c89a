package io.varuna.benchmarks.swap;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.benchmarks.swap.bundle.LineSink;
import io.varuna.benchmarks.swap.bundle.NumberCodec;
import io.varuna.benchmarks.swap.bundle.PacedSource;
import io.varuna.benchmarks.swap.bundle.TotalFunctions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plugin that is packed as a bundle of any version.
 *
 * @param kind as in paths of the REST interface
 * @param name by which it is used
 */
record PluginBundle(String kind, String name, Class<?> service, Class<?> implementation) {
    private static final List<String> API = List.of("codec", "data", "function", "plugin", "sink", "source", "state");

    private static final String DESCRIPTION = "OSGI-INF/component.xml";

    static PluginBundle of(Swaps.Kind kind) {
        return switch (kind) {
            case SOURCE -> new PluginBundle("sources", "numbers", SourceFactory.class, PacedSource.class);
            case CODEC -> new PluginBundle("codecs", "number", CodecFactory.class, NumberCodec.class);
            case SINK -> new PluginBundle("sinks", "lines", SinkFactory.class, LineSink.class);
            case FUNCTION -> new PluginBundle("functions", "totals", FunctionLibrary.class, TotalFunctions.class);
        };
    }

    /** Writes the jar of a version. */
    Path write(Path directory, String version) throws IOException {
        Path target = directory.resolve(name + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(file, manifest(version))) {
            add(jar, DESCRIPTION, description().getBytes(StandardCharsets.UTF_8));
            for (Path type : classes()) {
                add(jar, packageDirectory() + "/" + type.getFileName(), Files.readAllBytes(type));
            }
        }
        return target;
    }

    private Manifest manifest(String version) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "com.acme." + name);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Service-Component", DESCRIPTION);
        headers.putValue(
                "Import-Package",
                API.stream()
                        .map(part -> "io.varuna.api." + part + ";version=\"[1.0,2)\"")
                        .collect(Collectors.joining(",")));
        return manifest;
    }

    private String description() {
        return "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + implementation.getName()
                + "\"><property name=\"varuna.plugin.type\" value=\"" + name + "\"/>"
                + "<service><provide interface=\"" + service.getName() + "\"/></service>"
                + "<implementation class=\"" + implementation.getName() + "\"/></scr:component>";
    }

    private String packageDirectory() {
        return implementation.getPackageName().replace('.', '/');
    }

    /** Returns the files of all classes that are in the package of the plugin. */
    private List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(implementation
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(packageDirectory()))) {
            return files.toList();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
