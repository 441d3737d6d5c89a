package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import io.varuna.pluginmanager.ComponentReader.Component;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Version;

/**
 * A jar that is a bundle, read but not installed.
 *
 * @param name of the file, for messages
 * @param sha256 in hexadecimal
 * @param description a sentence, or empty
 * @param components what it has that offers something to the engine
 * @param imports the version ranges of the packages that it must have, by package
 * @param exports the packages that others can have of it
 * @param hosts the symbolic name of the bundle that it becomes a part of; empty if it is no fragment
 */
record BundleFile(
        String name,
        Path path,
        String symbolicName,
        Version version,
        String description,
        String sha256,
        List<Component> components,
        Map<String, String> imports,
        List<String> exports,
        List<String> hosts) {
    private static final String API = "io.varuna.api.";
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    BundleFile {
        components = List.copyOf(components);
        imports = Map.copyOf(imports);
        exports = List.copyOf(exports);
        hosts = List.copyOf(hosts);
    }

    /** Reads a jar; fails with the reason if it is no bundle. */
    static BundleFile read(String name, Path path) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw Rejection.of("'" + name + "' has no manifest, so it is not a bundle that can be installed");
            }
            Attributes headers = manifest.getMainAttributes();
            String symbolicName = symbolicName(name, headers);
            Version version = version(name, headers);
            ClassVersions.check(
                    title(symbolicName, version), jar, Runtime.version().feature());
            return new BundleFile(
                    name,
                    path,
                    symbolicName,
                    version,
                    Objects.requireNonNullElse(headers.getValue("Bundle-Description"), ""),
                    sha256(path),
                    components(name, jar, headers),
                    imports(headers),
                    names(headers, "Export-Package"),
                    names(headers, "Fragment-Host"));
        } catch (IOException | IllegalArgumentException e) {
            throw Rejection.of("'" + name + "' is not a jar that can be read: " + e.getMessage(), e);
        }
    }

    private static String symbolicName(String name, Attributes headers) {
        List<ManifestHeader> header = ManifestHeader.parse(String.valueOf(headers.getValue("Bundle-SymbolicName")));
        if (headers.getValue("Bundle-SymbolicName") == null || header.isEmpty()) {
            throw Rejection.of("'" + name + "' is a jar, but not a bundle: its manifest has no Bundle-SymbolicName."
                    + " Build it with bnd, as the archetype for plugins does");
        }
        String symbolicName =
                header.get(0).names().isEmpty() ? "" : header.get(0).names().get(0);
        if (!SYMBOLIC_NAME.matcher(symbolicName).matches() || symbolicName.length() > 200) {
            throw Rejection.of(
                    "'" + name + "' has the Bundle-SymbolicName '" + symbolicName + "', which is not allowed");
        }
        return symbolicName;
    }

    private static Version version(String name, Attributes headers) {
        String version = headers.getValue("Bundle-Version");
        try {
            return Version.parseVersion(version);
        } catch (IllegalArgumentException e) {
            throw Rejection.of(
                    "'" + name + "' has the Bundle-Version '" + version + "', which is not of the form 1.2.3", e);
        }
    }

    private static List<Component> components(String name, JarFile jar, Attributes headers) throws IOException {
        List<Component> components = new ArrayList<>();
        for (ManifestHeader clause : clauses(headers, "Service-Component")) {
            for (String path : clause.names()) {
                if (!path.contains("*")) {
                    components.addAll(components(name, jar, path));
                }
            }
        }
        return components;
    }

    private static List<Component> components(String name, JarFile jar, String path) throws IOException {
        ZipEntry entry = jar.getEntry(path);
        if (entry == null) {
            throw Rejection.of("'" + name + "' names the component description '" + path + "', but does not have it");
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return ComponentReader.components(in);
        } catch (XMLStreamException e) {
            throw Rejection.of("The component description '" + path + "' of '" + name + "' is not XML", e);
        }
    }

    private static List<ManifestHeader> clauses(Attributes headers, String header) {
        String value = headers.getValue(header);
        return ManifestHeader.parse(value == null ? "" : value);
    }

    private static List<String> names(Attributes headers, String header) {
        return clauses(headers, header).stream()
                .flatMap(clause -> clause.names().stream())
                .toList();
    }

    private static Map<String, String> imports(Attributes headers) {
        Map<String, String> imports = new LinkedHashMap<>();
        for (ManifestHeader clause : clauses(headers, "Import-Package")) {
            if (!clause.parameter("resolution:", "mandatory").equals("optional")) {
                clause.names().forEach(name -> imports.put(name, clause.parameter("version", "0.0.0")));
            }
        }
        return imports;
    }

    static String sha256(Path path) {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw rejected(path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static VarunaException rejected(Path path, IOException e) {
        return Rejection.of("'" + path.getFileName() + "' cannot be read: " + e.getMessage(), e);
    }

    /** Returns what it offers to the engine. */
    List<Offer> offers() {
        return components.stream()
                .flatMap(component -> component.offers(symbolicName).stream())
                .toList();
    }

    /** Returns the version ranges of the packages of the plugin interface that it must have, by package. */
    Map<String, String> api() {
        Map<String, String> api = new LinkedHashMap<>(imports);
        api.keySet().removeIf(name -> !name.startsWith(API));
        return api;
    }

    /** Returns how messages call the plugin that a bundle is. */
    static String title(String symbolicName, Version version) {
        return "'" + ServiceKinds.pluginName(symbolicName) + "' " + plain(version);
    }

    /** Returns the version as people are shown it, without a qualifier. */
    static String plain(Version version) {
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}
