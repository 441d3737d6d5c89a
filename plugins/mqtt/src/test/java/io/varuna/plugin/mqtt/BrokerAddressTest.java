package io.varuna.plugin.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:1883, tcp://127.0.0.1:1883",
        "mqtt://broker, tcp://broker:1883",
        "broker:1884, tcp://broker:1884",
        "broker, tcp://broker:1883",
        "ssl://broker, ssl://broker:8883",
        "TLS://broker:443, ssl://broker:443",
        "mqtts://[::1]:8884, ssl://[::1]:8884",
    })
    void readsTheUsualForms(String text, String expected) {
        assertThat(BrokerAddress.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://broker", "ws://broker:80", "tcp://", "tcp://a b", "", "tcp://broker:99999"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> BrokerAddress.parse(text))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith("Property 'server' of 'mqtt' takes an address such as tcp://127.0.0.1:1883");
    }

    @Test
    void knowsWhetherToEncrypt() {
        assertThat(BrokerAddress.parse("tcp://broker").encrypted()).isFalse();
        assertThat(BrokerAddress.parse("ssl://broker").encrypted()).isTrue();
    }
}
