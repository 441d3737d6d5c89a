package io.varuna.plugin.mysql;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who asks: read from a JDBC URL, from the form that Go programs use
 * ({@code user:password@tcp(host:port)/database?charset=utf8}), or from {@code mysql://user:password@host:port/database}.
 *
 * @param jdbcUrl without user and password
 */
record MySqlAddress(String jdbcUrl, @Nullable String user, @Nullable String password) {
    /** user:password@tcp(host:port)/database?parameters; all but the slash may be left out. */
    private static final Pattern GO = Pattern.compile(
            "(?:(?<user>[^:@/]*)(?::(?<password>.*))?@)?(?:(?<net>[a-z]+)\\((?<host>[^)]*)\\))?/(?<database>[^/?]*)(?:\\?(?<parameters>.*))?");

    private static final Pattern MYSQL_URI = Pattern.compile(
            "mysql://(?:(?<user>[^:@/]*)(?::(?<password>.*))?@)?(?<host>[^/@]*)/(?<database>[^/?]*)(?:\\?(?<parameters>.*))?");

    private static final Pattern JDBC =
            Pattern.compile("jdbc:(?:mysql|mariadb)://(?<rest>[^?]*)(?:\\?(?<parameters>.*))?");

    /**
     * Hosts, with ports, and a database. The driver also takes parameters of single hosts among them, in parentheses, which
     * would go round the check of parameters.
     */
    private static final Pattern PLACE = Pattern.compile("[^/()=#]*(?:/[^#]*)?");

    /** Parameters that make the driver load classes, read local files or run code of the server's choice. */
    private static final Set<String> DANGEROUS = Set.of(
            "allowloadlocalinfile",
            "allowloadlocalinfileinpath",
            "allowurlinlocalinfile",
            "authenticationopenidconnectcallbackhandler",
            "authenticationplugins",
            "authenticationwebauthncallbackhandler",
            "autodeserialize",
            "clientinfoprovider",
            "connectionlifecycleinterceptors",
            "defaultauthenticationplugin",
            "disabledauthenticationplugins",
            "exceptioninterceptors",
            "ha.loadbalancestrategy",
            "idtokenfile",
            "loadbalanceexceptionchecker",
            "logger",
            "ociconfigfile",
            "profilereventhandler",
            "propertiestransform",
            "queryinfocachefactory",
            "queryinterceptors",
            "serverconfigcachefactory",
            "socketfactory",
            "statementinterceptors",
            "xdevapi.ssl-truststore");

    /** Parameters of Go's driver that mean something to Go only, or that are our defaults anyway. */
    private static final Set<String> GO_ONLY = Set.of(
            "charset",
            "collation",
            "parsetime",
            "loc",
            "interpolateparams",
            "multistatements",
            "timeout",
            "readtimeout",
            "writetimeout",
            "maxallowedpacket",
            "rejectreadonly",
            "clientfoundrows",
            "columnswithalias",
            "checkconnliveness");

    static MySqlAddress parse(String url) {
        Matcher jdbc = JDBC.matcher(url);
        if (jdbc.matches()) {
            return jdbc(jdbc);
        }
        Matcher uri = MYSQL_URI.matcher(url);
        if (uri.matches()) {
            return of(uri, uri.group("host"), true);
        }
        Matcher go = GO.matcher(url);
        if (go.matches()) {
            String network = go.group("net");
            if (network != null && !network.equals("tcp")) {
                throw invalid("network '" + network + "' is not supported, only tcp is");
            }
            return of(go, go.group("host"), false);
        }
        throw invalid(
                "it must look like 'jdbc:mysql://localhost:3306/database' or 'user:password@tcp(localhost:3306)/database'");
    }

    private static MySqlAddress jdbc(Matcher jdbc) {
        if (jdbc.group("rest").indexOf('@') >= 0) {
            throw invalid("give user and password as properties or parameters, not before an '@'");
        }
        String user = null;
        String password = null;
        List<String> kept = new ArrayList<>();
        for (String parameter : parameters(jdbc.group("parameters"))) {
            String name = name(parameter);
            if (name.equals("user")) {
                user = decode(value(parameter));
            } else if (name.equals("password")) {
                password = decode(value(parameter));
            } else {
                kept.add(parameter);
            }
        }
        return new MySqlAddress(url(jdbc.group("rest"), kept), user, password);
    }

    private static MySqlAddress of(Matcher address, @Nullable String host, boolean encoded) {
        List<String> kept = new ArrayList<>();
        for (String parameter : parameters(address.group("parameters"))) {
            String name = name(parameter);
            if (name.equals("tls")) {
                kept.add("sslMode=" + sslMode(value(parameter)));
            } else if (!GO_ONLY.contains(name)) {
                kept.add(parameter);
            }
        }
        String place = host == null || host.isEmpty() ? "localhost:3306" : host;
        String user = address.group("user");
        String password = address.group("password");
        return new MySqlAddress(
                url(place + "/" + address.group("database"), kept),
                encoded && user != null ? decode(user) : user,
                encoded && password != null ? decode(password) : password);
    }

    private static String sslMode(String tls) {
        return switch (tls) {
            case "true" -> "VERIFY_IDENTITY";
            case "skip-verify" -> "REQUIRED";
            case "false" -> "DISABLED";
            case "preferred" -> "PREFERRED";
            default -> throw invalid("parameter tls takes true, false, skip-verify or preferred, not '" + tls + "'");
        };
    }

    private static List<String> parameters(@Nullable String text) {
        List<String> found = new ArrayList<>();
        Set<String> refused = new TreeSet<>();
        for (String parameter : text == null ? new String[0] : text.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            if (DANGEROUS.contains(name(parameter))) {
                refused.add(name(parameter));
            }
            found.add(parameter);
        }
        if (!refused.isEmpty()) {
            throw invalid("parameters that make the driver load classes or read local files are not taken: "
                    + String.join(", ", refused));
        }
        return found;
    }

    /** Adds what makes times and batches work, unless the address says otherwise. */
    private static String url(String rest, List<String> parameters) {
        if (!PLACE.matcher(rest).matches()) {
            throw invalid("before the '?' it takes hosts, ports and a database, as in 'db:3306/name'; give parameters"
                    + " after it");
        }
        List<String> all = new ArrayList<>(parameters);
        addDefault(all, "rewriteBatchedStatements", "true");
        // the driver remembers what it set, where it would ask the server before each batch whether the session is
        // read-only
        addDefault(all, "useLocalSessionState", "true");
        addDefault(all, "connectionTimeZone", "UTC");
        addDefault(all, "forceConnectionTimeZoneToSession", "true");
        addDefault(all, "connectTimeout", "10000");
        addDefault(all, "socketTimeout", "60000");
        addDefault(all, "tcpKeepAlive", "true");
        return "jdbc:mysql://" + rest + "?" + String.join("&", all);
    }

    private static void addDefault(List<String> parameters, String name, String value) {
        if (parameters.stream().noneMatch(p -> name(p).equals(name.toLowerCase(Locale.ROOT)))) {
            parameters.add(name + "=" + value);
        }
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        // the driver ignores blanks around names
        return decode(equals < 0 ? parameter : parameter.substring(0, equals))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static String value(String parameter) {
        return parameter.substring(parameter.indexOf('=') + 1);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("'" + text + "' is not properly percent-encoded");
        }
    }

    /** Does not repeat the address: it may hold a password. */
    private static VarunaException invalid(String problem) {
        return new VarunaException(
                StandardError.INVALID_PROPERTY, "Property 'url' of 'mysql' cannot be used: " + problem);
    }
}
