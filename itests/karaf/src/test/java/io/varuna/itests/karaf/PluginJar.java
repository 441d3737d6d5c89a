package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.plugin.PluginType;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes a plugin of source text: compiled against the interface, with the descriptions that bnd would write. */
final class PluginJar {
    private static final List<String> API =
            List.of("codec", "connection", "data", "error", "function", "lookup", "plugin", "sink", "source", "state");

    private final String name;
    private final String version;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> components = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private Path api = api();
    private String range = "[1.0,2)";

    private PluginJar(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /** Starts a plugin; its symbolic name is {@code com.acme.} and {@code name}. */
    static PluginJar of(String name, String version) {
        return new PluginJar(name, version);
    }

    private static Path api() {
        try {
            return Path.of(PluginType.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a class by its text, which begins with its package. */
    PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** Offers a class to the engine as a service. */
    PluginJar component(String className, String service) {
        components.put(
                className,
                "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + className + "\">"
                        + "<implementation class=\"" + className + "\"/>"
                        + "<property name=\"varuna.plugin.type\" value=\"" + name + "\"/>"
                        + "<service><provide interface=\"io.varuna.api." + service + "\"/></service></scr:component>");
        return this;
    }

    /** Brings a library along that nobody else sees. */
    PluginJar library(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** Compiles against another version of the interface, and says which versions the plugin goes with. */
    PluginJar against(Path otherApi, String versions) {
        api = otherApi;
        range = versions;
        return this;
    }

    /** Compiles and packs it. */
    Path build(Path directory) throws IOException {
        Path classes = compile(directory.resolve(name + "-" + version));
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "com.acme." + name);
        headers.putValue("Bundle-Version", version);
        headers.putValue(
                "Import-Package",
                API.stream()
                        .map(part -> "io.varuna.api." + part + ";version=\"" + range + "\"")
                        .collect(Collectors.joining(",")));
        headers.putValue(
                "Service-Component",
                components.keySet().stream().map(PluginJar::description).collect(Collectors.joining(",")));
        headers.putValue(
                "Bundle-ClassPath",
                Stream.concat(Stream.of("."), libraries.stream().map(library -> "lib/" + library.getFileName()))
                        .collect(Collectors.joining(",")));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        components.forEach((type, xml) -> entries.put(description(type), xml.getBytes(StandardCharsets.UTF_8)));
        for (Path library : libraries) {
            entries.put("lib/" + library.getFileName(), Files.readAllBytes(library));
        }
        return pack(directory.resolve(name + "-" + version + ".jar"), manifest, classes, entries);
    }

    /** Compiles sources into a plain jar, such as a library or another version of the interface. */
    Path buildLibrary(Path directory) throws IOException {
        Path classes = compile(directory.resolve(name + "-" + version));
        return pack(directory.resolve(name + "-" + version + ".jar"), new Manifest(), classes, Map.of());
    }

    private static String description(String className) {
        return "OSGI-INF/" + className + ".xml";
    }

    private Path compile(Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "-classpath"));
        arguments.add(Stream.concat(Stream.of(api), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int errors = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(errors).as(said.toString(StandardCharsets.UTF_8)).isZero();
        return classes;
    }

    private static Path pack(Path target, Manifest manifest, Path classes, Map<String, byte[]> more)
            throws IOException {
        manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(jar, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            for (Map.Entry<String, byte[]> entry : more.entrySet()) {
                add(jar, entry.getKey(), entry.getValue());
            }
        }
        return target;
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
