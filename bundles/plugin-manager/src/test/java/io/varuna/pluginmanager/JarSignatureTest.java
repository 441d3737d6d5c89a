package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.pluginmanager.sample.SampleSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarSignatureTest {
    private static final Jars JAR = Jars.plugin("1.0.0");

    private static Path directory;
    private static Signer known;
    private static Signer stranger;
    private static Signer authority;

    @BeforeAll
    static void makeKeys(@TempDir Path given) throws IOException, GeneralSecurityException {
        directory = given;
        known = Signer.create(directory, "known");
        stranger = Signer.create(directory, "stranger");
        authority = Signer.create(directory, "authority", "-ext", "bc:c");
        known.isTrustedIn(directory.resolve("trusted"));
        authority.isTrustedIn(directory.resolve("trusted"));
    }

    @Test
    void oneWhoIsTrusted() throws IOException, GeneralSecurityException {
        assertThat(check(known.sign(JAR))).isEqualTo(new Signature.Trusted("CN=known"));
    }

    @Test
    void oneForWhomAnAuthorityVouchesThatIsTrusted() throws IOException, GeneralSecurityException {
        assertThat(check(authority.vouchFor("member").sign(JAR))).isEqualTo(new Signature.Trusted("CN=member"));
    }

    @Test
    void oneWhoIsTrustedBesideAnother() throws IOException, GeneralSecurityException {
        assertThat(check(known.sign(stranger.sign(JAR)))).isEqualTo(new Signature.Trusted("CN=known"));
    }

    @Test
    void oneForWhomASignerVouchesWhoIsNoAuthority() throws IOException, GeneralSecurityException {
        assertThat(check(known.vouchFor("friend").sign(JAR)))
                .isEqualTo(new Signature.Untrusted("is signed by 'CN=friend', who is not trusted here"));
    }

    @Test
    void aStranger() throws IOException, GeneralSecurityException {
        assertThat(check(stranger.sign(JAR)))
                .isEqualTo(new Signature.Untrusted("is signed by 'CN=stranger', who is not trusted here"));
    }

    @Test
    void oneFromWhoseJarSomethingWasTaken() throws IOException, GeneralSecurityException {
        Jars signed = known.sign(JAR.with(SampleSink.class));

        assertThat(check(signed)).isEqualTo(new Signature.Trusted("CN=known"));
        assertThat(check(signed.without(SampleSink.class)))
                .isEqualTo(new Signature.Broken("was changed after it had been signed:"
                        + " 'io/varuna/pluginmanager/sample/SampleSink.class' is missing"));
    }

    @Test
    void nobody() {
        assertThat(check(JAR)).isEqualTo(new Signature.Untrusted("is not signed"));
    }

    @Test
    void oneWhoseCertificateHasEnded() throws IOException, GeneralSecurityException {
        Signer late = Signer.create(directory, "late", "-startdate", "-3d", "-validity", "1");
        late.isTrustedIn(directory.resolve("trusted"));

        assertThat(check(late.sign(JAR)))
                .isInstanceOfSatisfying(Signature.Untrusted.class, untrusted -> assertThat(untrusted.reason())
                        .startsWith("is signed by 'CN=late', whose certificate ended "));
    }

    @Test
    void oneWhoseCertificateIsForOtherUses() throws IOException, GeneralSecurityException {
        assertThat(check(authority.vouchFor("server", "-ext", "eku=serverAuth").sign(JAR)))
                .isEqualTo(new Signature.Untrusted(
                        "is signed by 'CN=server', whose certificate is for other uses than signing code"));
    }

    @Test
    void somethingAddedLater() throws IOException, GeneralSecurityException {
        assertThat(check(known.sign(JAR).with("evil/Evil.class", "x")))
                .isEqualTo(new Signature.Untrusted("has 'evil/Evil.class', which is not signed"));
        assertThat(check(known.sign(JAR).with("META-INF/services/evil", "x")))
                .isEqualTo(new Signature.Untrusted("has 'META-INF/services/evil', which is not signed"));
    }

    @Test
    void somethingChangedLater() throws IOException, GeneralSecurityException {
        Jars signed = known.sign(JAR);

        assertThat(check(signed.with("OSGI-INF/sample.xml", "<evil/>")))
                .isInstanceOfSatisfying(Signature.Broken.class, broken -> assertThat(broken.reason())
                        .startsWith("was changed after it had been signed: ")
                        .contains("OSGI-INF/sample.xml"));
        assertThat(check(signed.withHeader("Bundle-Activator: evil.Activator"))).isInstanceOf(Signature.Broken.class);
    }

    @Test
    void partsOfDifferentSigners() throws IOException, GeneralSecurityException {
        Jars mine = known.sign(JAR);
        Jars theirs = stranger.sign(mine.with("more.txt", "x"));

        assertThat(check(theirs)).isInstanceOf(Signature.Untrusted.class);
    }

    private static Signature check(Jars jar) {
        try {
            Path file = jar.write(Files.createTempFile(directory, "signed", ".jar"));
            return new JarSignature(TrustedSigners.read(directory.resolve("trusted"), ""), Clock.systemUTC())
                    .check(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
