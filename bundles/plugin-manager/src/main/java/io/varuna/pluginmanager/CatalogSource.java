package io.varuna.pluginmanager;

import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One place where a catalogue is, and what was read there last. Thread-safe. */
final class CatalogSource {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogSource.class);
    private static final String INDEX = "index.jar";
    /** How long what was read from another machine counts. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final String address;
    private final Path copy;
    private final boolean own;
    private final Trust trust;
    private final Download download;
    private final Clock clock;
    private volatile @Nullable Catalog catalog;
    private Instant readAt = Instant.MIN;

    /**
     * Creates it; reads nothing yet.
     *
     * @param address of a directory, of a jar with a list, or of a KAR with one; a directory or file of this machine, or a
     *     http or https address
     * @param copy where a file from another machine is kept
     * @param own whether it is a part of the distribution, whose files are as good as the distribution itself
     */
    CatalogSource(String address, Path copy, boolean own, Trust trust, Download download, Clock clock) {
        this.address = address;
        this.copy = copy;
        this.own = own;
        this.trust = trust;
        this.download = download;
        this.clock = clock;
    }

    /** Returns the catalogue as it is there now, or as it was read last if it cannot be read. */
    synchronized Optional<Catalog> current() {
        try {
            if (isRemote()) {
                readRemote();
            } else {
                readLocal();
            }
        } catch (IOException | VarunaException | IllegalArgumentException e) {
            LOG.warn("The catalogue of plugins '{}' cannot be read: {}", address, e.getMessage());
        }
        return Optional.ofNullable(catalog);
    }

    /** Returns the catalogue without asking another machine, and without waiting for one that is asked. */
    Optional<Catalog> known() {
        return isRemote() ? Optional.ofNullable(catalog) : current();
    }

    private boolean isRemote() {
        return address.startsWith("http://") || address.startsWith("https://");
    }

    private void readRemote() throws IOException {
        if (clock.instant().isBefore(readAt.equals(Instant.MIN) ? readAt : readAt.plus(FRESH))) {
            return;
        }
        boolean file = address.endsWith(".jar") || address.endsWith(".kar");
        String directory = address.endsWith("/") ? address : address + "/";
        URI index = URI.create(file ? address : directory + INDEX);
        Path incoming = copy.resolveSibling(copy.getFileName() + ".new");
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.deleteIfExists(incoming);
        download.fetch(index.toString(), incoming);
        Catalog read = read(index, incoming);
        Files.move(incoming, copy, StandardCopyOption.REPLACE_EXISTING);
        catalog = new Catalog(index, copy, read.signer(), read.entries());
        readAt = clock.instant();
    }

    private void readLocal() throws IOException {
        Path place = address.startsWith("file:") ? Path.of(URI.create(address)) : Path.of(address);
        Path index = Files.isDirectory(place) ? place.resolve(INDEX) : place;
        if (!Files.exists(index)) {
            catalog = null;
            return;
        }
        Instant changed = Files.getLastModifiedTime(index).toInstant();
        if (!changed.equals(readAt)) {
            catalog = read(index.toUri(), index);
            readAt = changed;
        }
    }

    private Catalog read(URI base, Path index) throws IOException {
        if (own) {
            return new Catalog(base, index, Optional.of("the distribution"), CatalogIndex.read(index));
        }
        // a KAR may have any number of plugins
        new ArchiveScan(Long.MAX_VALUE).scan(address, index, (path, content) -> {});
        Optional<Signature> signature = trust.signature(index);
        if (signature.isEmpty()) {
            return new Catalog(base, index, Optional.empty(), CatalogIndex.read(index));
        }
        if (signature.get() instanceof Signature.Trusted trusted) {
            return new Catalog(base, index, Optional.of(trusted.signer()), CatalogIndex.read(index));
        }
        String reason = signature.get() instanceof Signature.Broken broken
                ? broken.reason()
                : ((Signature.Untrusted) signature.get()).reason();
        if (signature.get() instanceof Signature.Broken || trust.policy() == SignaturePolicy.ENFORCE) {
            throw new IOException("it " + reason);
        }
        LOG.warn(
                "The catalogue of plugins '{}' {}. It is used because signatures are not enforced here",
                address,
                reason);
        return new Catalog(base, index, Optional.empty(), CatalogIndex.read(index));
    }
}
