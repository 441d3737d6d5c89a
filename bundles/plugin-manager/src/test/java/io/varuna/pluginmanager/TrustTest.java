package io.varuna.pluginmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustTest {
    private static final long MEGABYTE = 1024 * 1024;

    private static Path directory;
    private static Signer known;

    @BeforeAll
    static void makeKey(@TempDir Path given) throws IOException, GeneralSecurityException {
        directory = given;
        known = Signer.create(directory, "known");
        known.isTrustedIn(directory.resolve("trusted"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, WARN",
        "'', false, ENFORCE",
        "enforce, true, ENFORCE",
        "Warn, false, WARN",
        "off, false, OFF",
        "offf, true, ENFORCE"
    })
    void thePolicyIsThatOfTheConfigurationOrOfWhoCanAsk(String configured, boolean local, SignaturePolicy policy) {
        assertThat(new Trust(new Trust.Settings(Trust.policy(configured), directory, ""), () -> local).policy())
                .isEqualTo(policy);
    }

    @Test
    void enforcedItIsRefusedWithoutASignature() {
        assertThatThrownBy(() -> check(SignaturePolicy.ENFORCE, Jars.plugin("1.0.0")))
                .isInstanceOfSatisfying(VarunaException.class, failure -> assertThat(failure.code())
                        .isEqualTo(StandardError.PLUGIN_REJECTED))
                .hasMessage("Plugin 'sample' 1.0.0 is not signed. Only plugins of trusted signers are installed here:"
                        + " sign it with a key whose certificate is in '" + directory.resolve("trusted") + "'");
    }

    @Test
    void warnedItIsTakenWithoutASignatureButNotWithABrokenOne() throws IOException, GeneralSecurityException {
        Jars broken = known.sign(Jars.plugin("1.0.0")).with("OSGI-INF/sample.xml", "<component/>");

        assertThat(check(SignaturePolicy.WARN, Jars.plugin("1.0.0"))).isEmpty();
        assertThatThrownBy(() -> check(SignaturePolicy.WARN, broken))
                .hasMessageContaining("was changed after it had been signed")
                .hasMessageEndingWith(". Fetch it again from where it was published");
        assertThat(check(SignaturePolicy.OFF, broken)).isEmpty();
    }

    @Test
    void eachBundleOfAZipNeedsASignature() throws IOException, GeneralSecurityException {
        Jars plugin = known.sign(Jars.plugin("1.0.0"));
        Jars driver = Jars.manifest("Bundle-SymbolicName: driver").with("driver.txt", "x");
        Jars zip = Jars.empty().with("plugin.jar", plugin.bytes());

        assertThat(check(SignaturePolicy.ENFORCE, zip)).contains("CN=known");
        assertThatThrownBy(() -> check(SignaturePolicy.ENFORCE, zip.with("driver.jar", driver.bytes())))
                .hasMessageStartingWith("Plugin 'driver' 0.0.0 is not signed.");
        assertThat(check(
                        SignaturePolicy.ENFORCE,
                        zip.with("driver.jar", known.sign(driver).bytes())))
                .contains("CN=known");
    }

    @Test
    void theSignatureOfAZipCoversWhatIsInIt() throws IOException, GeneralSecurityException {
        Jars zip = Jars.empty()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n")
                .with("plugin.jar", Jars.plugin("1.0.0").bytes());

        assertThat(check(SignaturePolicy.ENFORCE, known.sign(zip))).contains("CN=known");
    }

    @Test
    void aKeyStoreWillDoForADirectory() throws IOException {
        Path etc = Files.createTempDirectory(directory, "etc");
        Files.copy(known.store(), etc.resolve("trusted"));

        assertThat(TrustedSigners.read(etc.resolve("trusted"), "secret").certificates())
                .hasSize(1);
        assertThatThrownBy(() -> TrustedSigners.read(etc.resolve("trusted"), "wrong"))
                .hasMessageStartingWith(
                        "The certificates of trusted signers in '" + etc.resolve("trusted") + "' cannot be read: ");
    }

    @Test
    void aCertificateThatCannotBeReadIsNamed() throws IOException {
        Path trusted = Files.createDirectories(directory.resolve("other"));
        Files.writeString(trusted.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n");
        Files.writeString(trusted.resolve("README"), "not looked at");

        assertThatThrownBy(() -> TrustedSigners.read(trusted, ""))
                .hasMessageContaining("'broken.pem' has no certificate that can be read");
    }

    private static Optional<String> check(SignaturePolicy policy, Jars content) {
        try {
            Path file = content.write(Files.createTempFile(directory, "plugin", ".zip"));
            return Trusts.of(directory.resolve("trusted"), policy)
                    .check(
                            PluginFile.read(
                                    "plugin.zip", file, Files.createTempDirectory(directory, "content"), MEGABYTE),
                            sha256 -> Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
