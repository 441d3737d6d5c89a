package io.varuna.pluginmanager;

import io.varuna.pluginmanager.sample.SampleActivator;
import io.varuna.pluginmanager.sample.SampleFunctions;
import io.varuna.pluginmanager.sample.SampleSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes files for tests. Immutable: each change gives another. */
record Jars(Map<String, byte[]> entries) {
    static final String SYMBOLIC_NAME = "io.varuna.plugin.sample";

    private static final String IMPORTS =
            "io.varuna.api.sink;version=\"[1.0,2)\",io.varuna.api.plugin,io.varuna.api.function";
    private static final String COMPONENT =
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="sample">
              <property name="varuna.plugin.type" type="String" value="sample"/>
              <service><provide interface="io.varuna.api.sink.SinkFactory"/></service>
              <implementation class="io.varuna.pluginmanager.sample.SampleSink"/>
            </scr:component>""";
    private static final String FUNCTIONS =
            """
            <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="functions">
              <service><provide interface="io.varuna.api.function.FunctionLibrary"/></service>
              <implementation class="io.varuna.pluginmanager.sample.SampleFunctions"/>
            </component>""";
    private static final String METATYPE =
            """
            <MetaData xmlns="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="sample"><AD id="url" type="String" description="Where to write to"/></OCD>
            </MetaData>""";

    /** Returns an archive with nothing in it. */
    static Jars empty() {
        return new Jars(Map.of());
    }

    /** Returns what a file has. */
    static Jars read(Path file) throws IOException {
        Jars jar = empty();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    jar = jar.with(entry.getName(), in.readAllBytes());
                }
            }
        }
        return jar;
    }

    /** Returns the bundle of a plugin with the sink 'sample' and a library of functions. */
    static Jars plugin(String version) {
        return plugin(version, IMPORTS);
    }

    /** Returns the same with a description of a source 'probe', which it does not have. */
    static Jars pluginWithSource(String version) {
        Jars plugin = plugin(version);
        return plugin.with(
                        "META-INF/MANIFEST.MF",
                        plugin.text("META-INF/MANIFEST.MF")
                                .replaceFirst("Service-Component: ", "Service-Component: OSGI-INF/probe.xml,\r\n "))
                .with(
                        "OSGI-INF/probe.xml",
                        COMPONENT
                                .replace("\"sample\"", "\"probe\"")
                                .replace("io.varuna.api.sink.SinkFactory", "io.varuna.api.source.SourceFactory"));
    }

    /** Returns the same plugin with another beginning. */
    static Jars startedBy(String version, Class<?> activator) {
        return plugin(version, IMPORTS, activator);
    }

    static Jars plugin(String version, String imports) {
        return plugin(version, imports, SampleActivator.class);
    }

    private static Jars plugin(String version, String imports, Class<?> activator) {
        Jars jar = manifest(
                "Bundle-SymbolicName: " + SYMBOLIC_NAME,
                "Bundle-Version: " + version,
                "Bundle-Activator: " + activator.getName(),
                "Service-Component: OSGI-INF/sample.xml,OSGI-INF/functions.xml",
                "Import-Package: org.osgi.framework," + imports);
        return jar.with(activator)
                .with(SampleActivator.class)
                .with(SampleSink.class)
                .with(SampleSink.Config.class)
                .with(SampleFunctions.class)
                .with("OSGI-INF/sample.xml", COMPONENT)
                .with("OSGI-INF/functions.xml", FUNCTIONS)
                .with("OSGI-INF/metatype/" + SampleSink.Config.class.getName() + ".xml", METATYPE);
    }

    /** Returns a bundle with a manifest and nothing else. */
    static Jars manifest(String... headers) {
        StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\n");
        for (String header : headers) {
            manifest.append(folded(header));
        }
        return empty().with("META-INF/MANIFEST.MF", manifest.append("\r\n").toString());
    }

    /** Returns a header in lines: none of a manifest may be longer than 72 bytes. */
    private static String folded(String header) {
        return header.replaceAll("(.{60})(?=.)", "$1\r\n ") + "\r\n";
    }

    /** Adds a header to the manifest. */
    Jars withHeader(String header) {
        String manifest = text("META-INF/MANIFEST.MF");
        return with("META-INF/MANIFEST.MF", manifest.stripTrailing() + "\r\n" + folded(header) + "\r\n");
    }

    String text(String path) {
        return new String(entries.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }

    Jars with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    Jars with(String path, byte[] content) {
        Map<String, byte[]> more = new LinkedHashMap<>(entries);
        more.put(path, content);
        return new Jars(more);
    }

    Jars without(Class<?> type) {
        Map<String, byte[]> fewer = new LinkedHashMap<>(entries);
        fewer.remove(path(type));
        return new Jars(fewer);
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** Adds a class. */
    Jars with(Class<?> type) {
        String path = path(type);
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
            return with(path, List.of(in).get(0).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry described = new ZipEntry(entry.getKey());
                // the same content is to give the same bytes at any time
                described.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0));
                out.putNextEntry(described);
                out.write(entry.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
