package io.varuna.api.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "sasl.PassWord",
                "passphrase",
                "pwd",
                "clientSecret",
                "oauth_token",
                "privateKeyRaw",
                "private-key",
                "apiKey",
                "X-API-Key",
                "access_key_id",
                "Authorization",
                "Set-Cookie"
            })
    void namesSayWhatIsSecret(String name) {
        assertThat(Secrets.hidden(Map.of(name, "s3cret"))).isEqualTo(Map.of(name, "******"));
    }

    @Test
    void secretsAreHiddenAtAnyDepth() {
        Map<String, Object> properties = Map.of(
                "url",
                "http://hub/in",
                "headers",
                Map.of("Authorization", "Bearer abc", "Accept", "text/plain"),
                "brokers",
                List.of(Map.of("host", "one", "password", "abc"), "tcp://me:abc@two:1883"),
                "qos",
                1);

        assertThat(Secrets.hidden(properties))
                .isEqualTo(Map.of(
                        "url",
                        "http://hub/in",
                        "headers",
                        Map.of("Authorization", "******", "Accept", "text/plain"),
                        "brokers",
                        List.of(Map.of("host", "one", "password", "******"), "tcp://me:******@two:1883"),
                        "qos",
                        1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user:te@s:t/x@tcp(localhost:3307)/db | user:******@tcp(localhost:3307)/db",
                "user:test@/db | user:******@/db",
                "mysql://user:te%40st@host:3306/db | mysql://user:******@host:3306/db",
                "https://:abc@host/path | https://:******@host/path",
                "jdbc:mysql://host/db?user=me&password=abc&x=1 | jdbc:mysql://host/db?user=me&password=******&x=1",
                "https://host/in?access_token=abc | https://host/in?access_token=******",
                "http://host:8080/a@b | http://host:8080/a@b",
                "tcp://host:1883 | tcp://host:1883",
                "me@host:22 | me@host:22",
                "devices/+/state | devices/+/state"
            })
    void passwordsInAddressesAreHidden(String address, String shown) {
        assertThat(Secrets.hidden(Map.of("url", address))).isEqualTo(Map.of("url", shown));
    }
}
