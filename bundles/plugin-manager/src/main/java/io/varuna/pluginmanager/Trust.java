package io.varuna.pluginmanager;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides, by who has signed it, whether a plugin may be installed. Thread-safe. */
@Component(service = Trust.class, configurationPid = PluginConfiguration.PID)
@Designate(ocd = PluginConfiguration.class)
public final class Trust {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    private final BooleanSupplier local;
    private volatile Settings settings;

    /**
     * What can be configured.
     *
     * @param policy empty to go by who can ask for plugins
     * @param trusted where the certificates of those are who are trusted
     * @param password of the key store, if that is one
     */
    record Settings(Optional<SignaturePolicy> policy, Path trusted, String password) {
        static Settings of(Path etc, PluginConfiguration configuration) {
            return new Settings(
                    Trust.policy(configuration.signature()),
                    etc.resolve(configuration.trusted()),
                    configuration.trusted_password());
        }
    }

    @Activate
    public Trust(BundleContext context, PluginConfiguration configuration) {
        this(
                Settings.of(Installation.of(context).etc(), configuration),
                () -> RestEndpoints.onThisMachineOnly(context));
    }

    /**
     * Creates it.
     *
     * @param local tells whether this machine alone can ask for plugins
     */
    Trust(Settings settings, BooleanSupplier local) {
        this.settings = settings;
        this.local = local;
    }

    @Modified
    void configure(BundleContext context, PluginConfiguration configuration) {
        settings = Settings.of(Installation.of(context).etc(), configuration);
    }

    /** A word that is not understood must not let anything in. */
    static Optional<SignaturePolicy> policy(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String word = text.strip().toUpperCase(Locale.ROOT);
        Optional<SignaturePolicy> known = Arrays.stream(SignaturePolicy.values())
                .filter(policy -> policy.name().equals(word))
                .findFirst();
        if (known.isEmpty()) {
            LOG.error(
                    "'signature' in 'etc/{}.cfg' is '{}', but has to be enforce, warn or off. Until it is corrected,"
                            + " signatures are enforced",
                    PluginConfiguration.PID,
                    text);
        }
        return Optional.of(known.orElse(SignaturePolicy.ENFORCE));
    }

    SignaturePolicy policy() {
        return settings.policy().orElseGet(() -> local.getAsBoolean() ? SignaturePolicy.WARN : SignaturePolicy.ENFORCE);
    }

    /** What vouches for files that it names with their SHA-256. */
    @FunctionalInterface
    interface Voucher {
        /** Returns who vouches for a content, or empty. */
        Optional<String> signer(String sha256);
    }

    /** Tells whose jar this is; empty if signatures are not looked at. */
    Optional<Signature> signature(Path jar) {
        return policy() == SignaturePolicy.OFF
                ? Optional.empty()
                : Optional.of(verifier().check(jar));
    }

    /**
     * What comes of a look at a signature.
     *
     * @param signer who is trusted here; empty if nobody is, or was looked for
     * @param refusal why it may not be used
     */
    record Verdict(String signer, Optional<String> refusal) {
        static final Verdict NOT_ASKED = new Verdict("", Optional.empty());
    }

    /**
     * Tells whether signatures matter for what the container itself brings. Whoever can do that sits at this machine, so only if
     * somebody has said so.
     */
    boolean asksForDeployed() {
        return settings.policy().filter(policy -> policy != SignaturePolicy.OFF).isPresent();
    }

    /** Judges a jar that the container itself has brought; {@code title} begins the sentence if it is refused. */
    Verdict judgeDeployed(String title, Path jar) {
        Signature signature = verifier().check(jar);
        if (signature instanceof Signature.Trusted trusted) {
            return new Verdict(trusted.signer(), Optional.empty());
        }
        if (signature instanceof Signature.Broken broken) {
            return new Verdict(
                    "", Optional.of(title + " " + broken.reason() + ". Fetch it again from where it was published"));
        }
        String reason = title + " " + ((Signature.Untrusted) signature).reason();
        if (policy() == SignaturePolicy.ENFORCE) {
            return new Verdict("", Optional.of(reason + ". " + onlyTrusted("used")));
        }
        LOG.warn("{}. It is used because signatures are not enforced here", reason);
        return Verdict.NOT_ASKED;
    }

    private String onlyTrusted(String done) {
        return "Only plugins of trusted signers are " + done + " here: sign it with a key whose certificate is in '"
                + settings.trusted() + "'";
    }

    private JarSignature verifier() {
        return new JarSignature(TrustedSigners.read(settings.trusted(), settings.password()), Clock.systemUTC());
    }

    /** Returns who signed a file, or fails if it may not be installed for want of a signature. */
    Optional<String> check(PluginFile file, Voucher voucher) {
        SignaturePolicy policy = policy();
        if (policy == SignaturePolicy.OFF) {
            return Optional.empty();
        }
        Optional<String> vouching = voucher.signer(BundleFile.sha256(file.archive()));
        if (vouching.isPresent()) {
            return vouching;
        }
        JarSignature verifier = verifier();
        Signature whole = verifier.check(file.archive());
        refuseBroken("'" + file.name() + "'", whole);
        if (whole instanceof Signature.Trusted trusted) {
            return Optional.of(trusted.signer());
        }
        List<String> signers = new ArrayList<>();
        for (BundleFile bundle : file.bundles()) {
            voucher.signer(bundle.sha256())
                    .or(() -> check(policy, bundle, verifier.check(bundle.path())))
                    .ifPresent(signers::add);
        }
        return signers.isEmpty()
                ? Optional.empty()
                : Optional.of(signers.stream().distinct().collect(Collectors.joining(" and ")));
    }

    private static void refuseBroken(String title, Signature signature) {
        if (signature instanceof Signature.Broken broken) {
            throw Rejection.of(title + " " + broken.reason() + ". Fetch it again from where it was published");
        }
    }

    private Optional<String> check(SignaturePolicy policy, BundleFile bundle, Signature signature) {
        String title = "Plugin " + BundleFile.title(bundle.symbolicName(), bundle.version());
        refuseBroken(title, signature);
        if (signature instanceof Signature.Untrusted untrusted) {
            String reason = title + " " + untrusted.reason();
            if (policy == SignaturePolicy.ENFORCE) {
                throw Rejection.of(reason + ". " + onlyTrusted("installed"));
            }
            LOG.warn("{}. It is installed because signatures are not enforced here", reason);
            return Optional.empty();
        }
        return signature instanceof Signature.Trusted trusted ? Optional.of(trusted.signer()) : Optional.empty();
    }
}
