package io.varuna.pluginmanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies the signatures of jars: one signer who is trusted must have signed everything that is in it. */
record JarSignature(TrustedSigners trusted, Clock clock) {
    /** What belongs to the signature itself. */
    private static final Pattern OWN_FILES =
            Pattern.compile("META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))", Pattern.CASE_INSENSITIVE);

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.SF", Pattern.CASE_INSENSITIVE);

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    Signature check(Path file) {
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            Set<CodeSigner> signers = null;
            for (JarEntry entry : jar.stream().filter(JarSignature::isContent).toList()) {
                CodeSigner[] found = signers(jar, entry);
                if (found == null) {
                    return unsigned(signers, entry);
                }
                signers = common(signers, found);
                if (signers.isEmpty()) {
                    return new Signature.Untrusted("has parts of different signers");
                }
            }
            if (signers == null) {
                return new Signature.Untrusted("is not signed");
            }
            Optional<String> missing = missing(jar);
            return missing.isPresent()
                    ? new Signature.Broken("was changed after it had been signed: '" + missing.get() + "' is missing")
                    : judge(signers);
        } catch (SecurityException e) {
            return new Signature.Broken("was changed after it had been signed: " + e.getMessage());
        } catch (IOException e) {
            throw Rejection.of("'" + file.getFileName() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isContent(JarEntry entry) {
        return !entry.isDirectory()
                && !OWN_FILES.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
    }

    /** Returns what a signature names, but is not there: Java looks only at what is. */
    private static Optional<String> missing(JarFile jar) throws IOException {
        for (JarEntry entry : jar.stream().filter(JarSignature::isSignature).toList()) {
            try (InputStream in = jar.getInputStream(entry)) {
                Optional<String> missing = new Manifest(in)
                        .getEntries().keySet().stream()
                                .filter(name -> jar.getEntry(name) == null)
                                .findFirst();
                if (missing.isPresent()) {
                    return missing;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSignature(JarEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    /** Returns who signed an entry, which is known when it has been read to its end. */
    private static CodeSigner @Nullable [] signers(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return entry.getCodeSigners();
    }

    private static Signature unsigned(@Nullable Set<CodeSigner> before, JarEntry entry) {
        return new Signature.Untrusted(
                before == null ? "is not signed" : "has '" + entry.getName() + "', which is not signed");
    }

    private static Set<CodeSigner> common(@Nullable Set<CodeSigner> before, CodeSigner[] found) {
        Set<CodeSigner> common = new LinkedHashSet<>(List.of(found));
        if (before != null) {
            common.retainAll(before);
        }
        return common;
    }

    private Signature judge(Set<CodeSigner> signers) {
        List<String> reasons = new ArrayList<>();
        for (CodeSigner signer : signers) {
            Optional<String> objection = objection(signer);
            if (objection.isEmpty()) {
                return new Signature.Trusted(name(signer));
            }
            reasons.add("is signed by '" + name(signer) + "', " + objection.get());
        }
        return new Signature.Untrusted(String.join(" and ", reasons));
    }

    private static List<X509Certificate> path(CodeSigner signer) {
        return signer.getSignerCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static String name(CodeSigner signer) {
        return path(signer).get(0).getSubjectX500Principal().getName();
    }

    /** Returns why a signer is not trusted. */
    private Optional<String> objection(CodeSigner signer) {
        List<X509Certificate> path = path(signer);
        // a time stamp would have to be trusted as well: a signature counts as long as its certificate
        Date time = Date.from(clock.instant());
        try {
            path.get(0).checkValidity(time);
            if (!mayBeUsedForCode(path.get(0))) {
                return Optional.of("whose certificate is for other uses than signing code");
            }
            if (!trusted.certificates().contains(path.get(0))) {
                validate(path, time);
            }
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of(
                    "whose certificate ended " + path.get(0).getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            return Optional.of(
                    "whose certificate begins " + path.get(0).getNotBefore().toInstant());
        } catch (GeneralSecurityException e) {
            return Optional.of("who is not trusted here");
        }
    }

    private static boolean mayBeUsedForCode(X509Certificate certificate) throws CertificateException {
        List<String> uses = certificate.getExtendedKeyUsage();
        return uses == null || uses.contains(CODE_SIGNING) || uses.contains(ANY_PURPOSE);
    }

    /** Returns normally if an authority that is trusted stands behind the first certificate. */
    private void validate(List<X509Certificate> path, Date time) throws GeneralSecurityException {
        // whoever is trusted to sign is not therefore trusted to vouch for others
        Set<TrustAnchor> anchors = trusted.certificates().stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(Collectors.toCollection(HashSet::new));
        if (anchors.isEmpty()) {
            throw new CertificateException("no authority is trusted");
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(time);
        List<X509Certificate> below = path.stream()
                .takeWhile(certificate -> !trusted.certificates().contains(certificate))
                .toList();
        CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(below);
        CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
    }
}
