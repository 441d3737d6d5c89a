package io.varuna.pluginmanager;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Decides from where plugins may be fetched, so that a request cannot make the container read its surroundings.
 *
 * @param privateAllowed whether addresses of private networks are allowed; this machine's own always are
 */
record AddressPolicy(boolean privateAllowed) {
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");

    /** Returns the address in a text, or fails with the reason. */
    URI check(String text) {
        URI uri = parse(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw Rejection.of("'" + text + "' is not an address that plugins can be fetched from; it must begin with"
                    + " http://, https://, file:///, mvn: or catalog:");
        }
        if (scheme.equals("file")) {
            checkFile(uri, text);
        } else {
            checkHost(uri, text);
        }
        return uri;
    }

    private static URI parse(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw Rejection.of("'" + text + "' is not an address: " + e.getReason(), e);
        }
    }

    private static void checkFile(URI uri, String text) {
        boolean elsewhere = uri.getAuthority() != null;
        if (elsewhere || uri.getPath() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw Rejection.of(
                    "'" + text + "' is not the address of a file of this machine, such as" + " file:///tmp/mysql.zip");
        }
    }

    private void checkHost(URI uri, String text) {
        if (uri.getHost() == null) {
            throw Rejection.of("'" + text + "' names no host");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (!allowed(address)) {
                    throw Rejection.of("'" + text + "' is at the private address " + address.getHostAddress()
                            + ". Set the property 'varuna.plugins.allow.private' to true to allow such");
                }
            }
        } catch (UnknownHostException e) {
            throw Rejection.download("Nobody knows the host '" + uri.getHost() + "' of '" + text + "'", e);
        }
    }

    private boolean allowed(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return true;
        }
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            return false;
        }
        return privateAllowed
                || !(address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || isUniqueLocal(address)
                        || isShared(address));
    }

    /** Tells whether an address is one of those that providers use behind their own translation (RFC 6598). */
    private static boolean isShared(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    }

    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
