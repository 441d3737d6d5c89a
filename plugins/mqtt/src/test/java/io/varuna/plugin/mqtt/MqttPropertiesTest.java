package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.testkit.Configurations;
import io.varuna.testkit.TestContext;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttPropertiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server | ftp://broker | Property 'server' of 'mqtt' takes an address such as",
                "protocolVersion | 6 | Property 'protocolVersion' of 'mqtt' takes 3.1, 3.1.1, 4 or 5, not '6'",
                "keepAlive | -1 | Property 'keepAlive' of 'mqtt' takes a number from 0 to 65535, not '-1'",
                "password | x | Property 'password' of 'mqtt' takes a password only together with 'username'",
                "sessionExpiryIntervalSeconds | -5 | Property 'sessionExpiryIntervalSeconds' of 'mqtt' takes a number",
                "maxPacketSize | 0 | Property 'maxPacketSize' of 'mqtt' takes a number from 1",
            })
    void connectionNamesWhatItDoesNotTake(String property, String value, String message) {
        assertRefused(Map.of(property, value), message);
        MqttConnectionFactory factory = new MqttConnectionFactory();
        assertThatThrownBy(() -> factory.validate(Configurations.of(factory, Map.of(property, value))))
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tlsMinVersion | ssl3 | Property 'tlsMinVersion' of 'mqtt' takes tls1.0, tls1.1, tls1.2, tls1.3, not 'ssl3'",
                "renegotiationSupport | yes | Property 'renegotiationSupport' of 'mqtt' takes never, once or freely",
                "rootCaPath | /no/such/file.pem | Property 'rootCaPath' of 'mqtt' takes the path of a PEM file with certific",
                "rootCARaw | bm90IHBlbQ== | Property 'rootCARaw' of 'mqtt' takes base64 of a PEM file with certificates",
                "certificationPath | /a.pem | Property 'certificationPath' of 'mqtt' takes a file together with 'privateKey",
                "privateKeyRaw | abcd | Property 'privateKeyPath' of 'mqtt' takes a file together with 'certificationPath'",
            })
    void encryptedConnectionNamesWhatItDoesNotTake(String property, String value, String message) {
        assertRefused(Map.of("server", "ssl://localhost:1", property, value), message);
    }

    private static void assertRefused(Map<String, Object> properties, String message) {
        MqttConnectionFactory factory = new MqttConnectionFactory();
        assertThatThrownBy(() -> factory.open(Configurations.of(factory, properties)))
                .isInstanceOfSatisfying(
                        VarunaException.class, e -> assertThat(e.code()).isEqualTo(StandardError.INVALID_PROPERTY))
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qos | 3 | a | Property 'qos' of 'mqtt' takes 0, 1 or 2, not '3'",
                "qos | 1 | a/#/b | Property 'DATASOURCE' of 'mqtt' takes topics separated by commas",
                "qos | 1 | '' | Property 'DATASOURCE' of 'mqtt' takes topics separated by commas",
                "eofMessage | ?? | a | Property 'eofMessage' of 'mqtt' takes base64",
            })
    void sourceNamesWhatItDoesNotTake(String property, String value, String topics, String message) {
        MqttSource factory = new MqttSource();
        TestContext context = TestClient.context(Map.of(property, value), topics);
        assertThatThrownBy(() -> factory.open(Configurations.of(factory, context.properties()), context))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qos | -1 | Property 'qos' of 'mqtt' takes 0, 1 or 2, not '-1'",
                "topic | a/+ | Property 'topic' of 'mqtt' takes one topic, without '+', '#' and NUL, not 'a/+'",
                "topic | a\0b | Property 'topic' of 'mqtt' takes one topic, without '+', '#' and NUL, not 'a\0b'",
                "properties | text | Property 'properties' of 'mqtt' takes an object from name to text, not 'text'",
            })
    void sinkNamesWhatItDoesNotTake(String property, String value, String message) {
        MqttSink factory = new MqttSink();
        Map<String, Object> properties =
                property.equals("topic") ? Map.of("topic", value) : Map.of("topic", "a", property, value);
        TestContext context = TestClient.context(properties, "");
        assertThatThrownBy(() -> factory.open(Configurations.of(factory, properties), context))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void versionMayBeGivenInItsShortForms() {
        MqttConnectionFactory factory = new MqttConnectionFactory();
        for (String version : new String[] {"3", "3.1", "3.1.1", "4", "5", "5.0"}) {
            factory.open(Configurations.of(factory, Map.of("protocolVersion", version)))
                    .close();
        }
    }

    @Test
    void rawCertificatesAreReadFromTheProperty() {
        String notPem = Base64.getEncoder()
                .encodeToString("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertRefused(
                Map.of("server", "ssl://localhost:1", "rootCARaw", notPem),
                "Property 'rootCARaw' of 'mqtt' takes base64 of a PEM file with certificates");
    }
}
