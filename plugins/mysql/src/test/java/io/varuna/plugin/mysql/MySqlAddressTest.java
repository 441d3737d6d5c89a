package io.varuna.plugin.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlAddressTest {
    private static final String DEFAULTS =
            "rewriteBatchedStatements=true&useLocalSessionState=true&connectionTimeZone=UTC"
                    + "&forceConnectionTimeZoneToSession=true&connectTimeout=10000&socketTimeout=60000&tcpKeepAlive=true";

    @Test
    void readsTheFormOfGo() {
        assertThat(MySqlAddress.parse("user:test@tcp(localhost:3307)/user"))
                .isEqualTo(new MySqlAddress("jdbc:mysql://localhost:3307/user?" + DEFAULTS, "user", "test"));
        assertThat(MySqlAddress.parse("/db"))
                .isEqualTo(new MySqlAddress("jdbc:mysql://localhost:3306/db?" + DEFAULTS, null, null));
    }

    @Test
    void passwordsOfGoMayHoldAnything() {
        assertThat(MySqlAddress.parse("me:p@ss:w/rd@tcp(db:1)/x").password()).isEqualTo("p@ss:w/rd");
    }

    @Test
    void parametersOfGoAreTranslatedOrLeftOut() {
        assertThat(MySqlAddress.parse("u:p@tcp(db:1)/x?charset=utf8&parseTime=True&tls=skip-verify")
                        .jdbcUrl())
                .isEqualTo("jdbc:mysql://db:1/x?sslMode=REQUIRED&" + DEFAULTS);
    }

    @Test
    void readsJdbcUrls() {
        assertThat(MySqlAddress.parse("jdbc:mysql://db:3306/x?user=me&password=a%26b&sslMode=DISABLED"))
                .isEqualTo(new MySqlAddress("jdbc:mysql://db:3306/x?sslMode=DISABLED&" + DEFAULTS, "me", "a&b"));
        assertThat(MySqlAddress.parse("jdbc:mysql://db/x?rewriteBatchedStatements=false")
                        .jdbcUrl())
                .contains("rewriteBatchedStatements=false")
                .doesNotContain("rewriteBatchedStatements=true");
    }

    @Test
    void readsUris() {
        assertThat(MySqlAddress.parse("mysql://me:p%40ss@db:3306/x"))
                .isEqualTo(new MySqlAddress("jdbc:mysql://db:3306/x?" + DEFAULTS, "me", "p@ss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/x?autoDeserialize=true",
                "jdbc:mysql://db/x?AllowLoadLocalInfile=true",
                "jdbc:mysql://db/x?%61utoDeserialize=true",
                "jdbc:mysql://db/x? autoDeserialize=true",
                "jdbc:mysql://db/x?sslMode=DISABLED&\tallowLoadLocalInfile =true",
                "jdbc:mysql://db/x?profilerEventHandler=com.example.Evil",
                "mysql://u:p@db/x?allowUrlInLocalInfile",
                "u@tcp(db:1)/x?queryInterceptors=com.example.Evil"
            })
    void refusesParametersThatRunCode(String url) {
        assertThatThrownBy(() -> MySqlAddress.parse(url))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("parameters that make the driver load classes or read local files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://(host=db,port=3306,autoDeserialize=true)/x",
                "jdbc:mysql://address=(host=db)(allowLoadLocalInfile=true)/x?user=me",
                "jdbc:mysql://one:3306,(host=two,allowLoadLocalInfile=true)/x",
                "mysql://u:p@(host=db,allowLoadLocalInfile=true)/x",
                "u:p@tcp(address=(host=db)/x",
                "jdbc:mysql://db/x#?sslMode=DISABLED"
            })
    void refusesParametersAmongTheHosts(String url) {
        assertThatThrownBy(() -> MySqlAddress.parse(url))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("hosts, ports and a database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://one:3306,two:3307/x", "jdbc:mysql://[::1]:3306/x", "mysql://me@[::1]/x"})
    void takesSeveralHostsAndAddresses(String url) {
        String place = url.substring(url.indexOf("//") + 2).replace("me@", "");
        assertThat(MySqlAddress.parse(url).jdbcUrl()).isEqualTo("jdbc:mysql://" + place + "?" + DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "jdbc:postgresql://db/x",
                "u:secret@unix(/tmp/sock)/x",
                "jdbc:mysql://u:secret@db/x"
            })
    void refusesOtherFormsWithoutRepeatingPasswords(String url) {
        assertThatThrownBy(() -> MySqlAddress.parse(url))
                .isInstanceOf(VarunaException.class)
                .hasMessageStartingWith("Property 'url' of 'mysql' cannot be used: ")
                .hasMessageNotContaining("secret");
    }
}
