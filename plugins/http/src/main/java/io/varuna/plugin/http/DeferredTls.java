package io.varuna.plugin.http;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context that is made when the first encrypted connection is: a client asks for one although its servers may all be
 * spoken to in the clear, and reading whom Java trusts takes longer than all else before a first request.
 */
final class DeferredTls extends SSLContextSpi {
    private static final String PROTOCOL = "TLS";

    private final Supplier<SSLContext> maker;
    private @Nullable SSLContext made;

    private DeferredTls(Supplier<SSLContext> maker) {
        this.maker = maker;
    }

    /** Returns a context that asks {@code maker} for the real one, once. */
    static SSLContext context(Supplier<SSLContext> maker) {
        return new SSLContext(new DeferredTls(maker), new NoProvider(), PROTOCOL) {};
    }

    private synchronized SSLContext made() {
        SSLContext known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("It is initialized when it is made");
    }

    /** Asked for with each client, so it makes nothing: the protocols that are good enough, and the engine's own ciphers. */
    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"});
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return made().getSupportedSSLParameters();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return made().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return made().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return made().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return made().createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return made().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return made().getClientSessionContext();
    }

    /** Contexts name one; nothing is looked up in it. */
    private static final class NoProvider extends Provider {
        private static final long serialVersionUID = 1L;

        NoProvider() {
            super("VarunaDeferredTls", "1", "Contexts that are made when they are needed");
        }
    }
}
