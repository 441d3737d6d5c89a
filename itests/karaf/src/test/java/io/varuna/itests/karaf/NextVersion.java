package io.varuna.itests.karaf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes of a plugin of version 1.0.0 one of version 1.0.1. */
final class NextVersion {
    private NextVersion() {}

    /** Makes a jar with the same content and the next version. */
    static Path of(Path plugin) throws IOException {
        Path next = Files.createDirectories(Path.of("target", "next").toAbsolutePath())
                .resolve(String.valueOf(plugin.getFileName()).replace("1.0.0", "1.0.1"));
        try (JarFile jar = new JarFile(plugin.toFile())) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), "1.0.1");
            try (OutputStream file = Files.newOutputStream(next);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                List<JarEntry> entries = jar.stream()
                        .filter(entry -> !entry.getName().equals(JarFile.MANIFEST_NAME))
                        .toList();
                for (JarEntry entry : entries) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return next;
    }
}
