package io.varuna.plugin.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import java.util.Locale;
import java.util.Map;

/** What the codes of a broker mean, and what to do about them. */
final class Reasons {
    /** From this code on, MQTT 5 means a failure. */
    static final int FAILURE = 0x80;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(0x80, "unspecified error"),
            Map.entry(0x81, "malformed packet"),
            Map.entry(0x82, "protocol error"),
            Map.entry(0x83, "implementation-specific error"),
            Map.entry(0x87, "not authorized"),
            Map.entry(0x89, "server busy"),
            Map.entry(0x8B, "server shutting down"),
            Map.entry(0x8D, "keep-alive timeout"),
            Map.entry(0x8E, "another client has connected with the same client id"),
            Map.entry(0x8F, "topic filter invalid"),
            Map.entry(0x90, "topic name invalid"),
            Map.entry(0x91, "packet identifier in use"),
            Map.entry(0x92, "packet identifier not found"),
            Map.entry(0x93, "more messages in flight than agreed"),
            Map.entry(0x94, "topic alias invalid"),
            Map.entry(0x95, "packet too large"),
            Map.entry(0x96, "message rate too high"),
            Map.entry(0x97, "quota exceeded"),
            Map.entry(0x98, "administrative action"),
            Map.entry(0x99, "payload format invalid"),
            Map.entry(0x9A, "retained messages not supported"),
            Map.entry(0x9B, "QoS not supported"),
            Map.entry(0x9C, "use another server"),
            Map.entry(0x9D, "server moved"),
            Map.entry(0x9E, "shared subscriptions not supported"),
            Map.entry(0x9F, "connection rate exceeded"),
            Map.entry(0xA0, "maximum connect time"),
            Map.entry(0xA1, "subscription identifiers not supported"),
            Map.entry(0xA2, "wildcard subscriptions not supported"));

    private Reasons() {}

    /** Returns words for a reason code of MQTT 5. */
    static String of(int code) {
        return WORDS.getOrDefault(code, String.format(Locale.ROOT, "reason code 0x%02X", code));
    }

    /** Tells whether a refused message may be taken at another time. */
    static boolean passes(int code) {
        return code == 0x89 || code == 0x91 || code == 0x93 || code == 0x96 || code == 0x97;
    }

    /** Returns why the broker refused the connection. */
    static String of(MqttConnectReturnCode code) {
        return switch (code) {
            case CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
                    CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD -> "bad user name or password; check properties 'username' and 'password'";
            case CONNECTION_REFUSED_NOT_AUTHORIZED,
                    CONNECTION_REFUSED_NOT_AUTHORIZED_5 -> "not authorized; check properties 'username', 'password' and 'clientid'";
            case CONNECTION_REFUSED_IDENTIFIER_REJECTED,
                    CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID -> "client id rejected; check property 'clientid'";
            case CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION,
                    CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION -> "protocol version not supported; check property 'protocolVersion'";
            case CONNECTION_REFUSED_SERVER_UNAVAILABLE, CONNECTION_REFUSED_SERVER_UNAVAILABLE_5 -> "server unavailable";
            default -> of(code.byteValue() & 0xFF);
        };
    }
}
