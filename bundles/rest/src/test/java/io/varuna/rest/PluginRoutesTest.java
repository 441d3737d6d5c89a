package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PluginRoutesTest {
    private static final String MYSQL = "{\"name\":\"mysql\",\"file\":\"file:///tmp/mysql.zip\"}";

    @RegisterExtension
    private final RestServer server = new RestServer();

    @Test
    void installedPluginHasNameAndVersion() throws Exception {
        HttpResponse<String> created = server.post("/plugins/sinks", MYSQL);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).isEqualTo("sinks plugin mysql is created");
        assertThat(server.get("/plugins/sinks").body()).isEqualTo("[\"lcd\",\"mysql\"]");
        assertThat(server.get("/plugins/sinks/mysql").body()).isEqualTo("{\"name\":\"mysql\",\"version\":\"1.0.0\"}");
        assertThat(server.send("PUT", "/plugins/sinks/mysql", MYSQL).body())
                .isEqualTo("sinks plugin mysql is updated\n"
                        + "rule 'r1': swap, exchanged: sink 'mysql_0', stood still for 2.0 ms");
    }

    @Test
    void remarksAreLinesOfTheAnswer() throws Exception {
        String geodesy = "{\"name\":\"geodesy\",\"file\":\"file:///tmp/geodesy.zip\"}";

        assertThat(server.post("/plugins/functions?dryRun=true", geodesy).body())
                .contains("\"remarks\":[\"The plugins geo, geodesy have function 'distance'. That of 'geo' is used\"]");
        assertThat(server.post("/plugins/functions", geodesy).body())
                .isEqualTo("functions plugin geodesy is created\n"
                        + "The plugins geo, geodesy have function 'distance'. That of 'geo' is used");
    }

    @Test
    void removedPluginIsNotFound() throws Exception {
        assertThat(server.send("DELETE", "/plugins/sinks/lcd", "").body())
                .isEqualTo("sinks plugin lcd is deleted\nrule 'r1': wait, until it is back");
        assertThat(server.get("/plugins/sinks/lcd").statusCode()).isEqualTo(404);
        assertThat(server.send("DELETE", "/plugins/sinks/lcd", "").statusCode()).isEqualTo(404);
        assertThat(server.send("PUT", "/plugins/sinks/lcd", MYSQL).statusCode()).isEqualTo(400);
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() throws Exception {
        assertThat(server.post("/plugins/sinks?dryRun=true", MYSQL).body())
                .isEqualTo(
                        "{\"plugin\":\"mysql\",\"from\":\"\",\"to\":\"1.0.0\",\"rules\":[],\"refreshed\":[],\"remarks\":[]}");
        assertThat(server.get("/plugins/sinks/mysql").statusCode()).isEqualTo(404);
        assertThat(server.send("PUT", "/plugins/sinks/lcd?dryRun=1", "{\"file\":\"file:///lcd.zip\"}")
                        .body())
                .contains("\"reaction\":\"swap\"", "\"pauseMillis\":2.0");
        assertThat(server.send("DELETE", "/plugins/sinks/lcd?dryRun=true", "").body())
                .isEqualTo(
                        "{\"plugin\":\"lcd\",\"from\":\"1.0.0\",\"to\":\"\",\"rules\":[{\"rule\":\"r1\","
                                + "\"reaction\":\"wait\",\"message\":\"until it is back\",\"pauseMillis\":0.0}],\"refreshed\":[],\"remarks\":[]}");
        assertThat(server.get("/plugins/sinks/lcd").statusCode()).isEqualTo(200);
    }

    @Test
    void aDryRunOfAFileThatIsSentInstallsNothing() throws Exception {
        assertThat(server.post("/plugins/sinks/mysql?dryRun=true", "0123456789").body())
                .isEqualTo(
                        "{\"plugin\":\"mysql\",\"from\":\"\",\"to\":\"1.0.0\",\"rules\":[],\"refreshed\":[],\"remarks\":[]}");
        assertThat(server.plugins.sent()).isEqualTo(10);
        assertThat(server.get("/plugins/sinks/mysql").statusCode()).isEqualTo(404);
    }

    @Test
    void aPluginInUseIsRemovedByForceOnly() throws Exception {
        HttpResponse<String> refused = server.send("DELETE", "/plugins/functions/geo", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("is used by rule 'r1'");
        assertThat(server.send("DELETE", "/plugins/functions/geo?force=true", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPluginReturnsToItsFormerVersion() throws Exception {
        assertThat(server.post("/plugins/sinks/lcd/rollback", "").body())
                .contains("\"from\":\"1.0.0\",\"to\":\"0.9.0\"", "\"reaction\":\"swap\"");
        assertThat(server.post("/plugins/sinks/nothing/rollback", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsRefusedSaysWhyAndIsNotListed() throws Exception {
        server.plugins.addRefused("probe", "It is not signed");

        assertThat(server.get("/plugins/sources").body()).isEqualTo("[]");
        assertThat(server.get("/plugins/sources/probe").body())
                .isEqualTo("{\"name\":\"probe\",\"version\":\"1.0.0\",\"refused\":\"It is not signed\"}");
    }

    @Test
    void functionsOfPluginsAreListed() throws Exception {
        String answer = "{\"name\":\"geo\",\"version\":\"1.2.0\",\"functions\":[\"geohash\",\"distance\"]";
        assertThat(server.get("/plugins/functions/geo").body()).isEqualTo(answer + "}");
        assertThat(server.get("/plugins/functions/geo?verbose=true").body())
                .isEqualTo(answer + ",\"signer\":\"CN=known\"}");
        assertThat(server.get("/plugins/udfs").body()).isEqualTo("[\"distance\",\"geohash\"]");
        assertThat(server.get("/plugins/udfs/geohash").body()).isEqualTo("{\"name\":\"geohash\",\"plugin\":\"geo\"}");
        assertThat(server.get("/plugins/udfs/geoDistance").body())
                .isEqualTo("{\"name\":\"geoDistance\",\"plugin\":\"geo\"}");
        assertThat(server.get("/plugins/udfs/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void functionsCanBeCalledWithoutBeingRegistered() throws Exception {
        HttpResponse<String> known =
                server.post("/plugins/functions/geo/register", "{\"functions\":[\"GeoHash\",\"geoDistance\"]}");

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.body()).isEqualTo("The functions GeoHash, geoDistance of plugin geo can be called");
    }

    @Test
    void registeringSaysWhichFunctionsAPluginDoesNotHave() throws Exception {
        HttpResponse<String> unknown =
                server.post("/plugins/functions/geo/register", "{\"functions\":[\"distance\",\"area\"]}");

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body())
                .contains("Plugin 'geo' does not have the functions area. It has: geohash, distance.");
        assertThat(server.post("/plugins/functions/geo/register", "{\"functions\":[]}")
                        .body())
                .contains("The body needs 'functions'");
        assertThat(server.post("/plugins/functions/nothing/register", "{\"functions\":[\"area\"]}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.post("/plugins/sinks/lcd/register", "{\"functions\":[\"area\"]}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void unknownKindSaysWhichThereAre() throws Exception {
        HttpResponse<String> answer = server.get("/plugins/things");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"error\":1002,\"message\":\"There are no plugins of kind 'things'."
                        + " There are: sources, sinks, lookups, codecs, connections, functions.\"}");
        assertThat(server.get("/plugins/sniks").body()).contains("'sniks'. Did you mean 'sinks'? There are: sources,");
    }

    @Test
    void installScriptsAreRefused() throws Exception {
        HttpResponse<String> answer =
                server.post("/plugins/sinks", "{\"name\":\"a\",\"file\":\"file:///a.zip\",\"shellParas\":[\"-y\"]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("plugins have no install scripts");
        assertThat(server.post("/plugins/sinks", "{\"name\":\"a\",\"file\":\"file:///a.zip\",\"shellParas\":[]}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void rejectedPluginIsAnsweredWithTheReason() throws Exception {
        assertThat(server.post("/plugins/sinks", "{\"name\":\"a\",\"file\":\"file:///a.txt\"}")
                        .body())
                .isEqualTo("{\"error\":1001,\"message\":\"'file:///a.txt' is no zip file.\"}");
    }

    @Test
    void onRequestTheReasonComesWithItsCauses() throws Exception {
        assertThat(server.post("/plugins/sinks?verbose=true", "{\"name\":\"a\",\"file\":\"file:///a.txt\"}")
                        .body())
                .isEqualTo("{\"error\":1001,\"message\":\"'file:///a.txt' is no zip file.\","
                        + "\"causes\":[\"no beginning\",\"EOFException\"]}");
    }

    @Test
    void theContentCanBeTold() throws Exception {
        server.post("/plugins/sinks", "{\"name\":\"a\",\"file\":\"file:///a.zip\",\"sha256\":\"AB12\"}");

        assertThat(server.plugins.requests().get(0).sha256()).isEqualTo("ab12");
    }

    @Test
    void theFileCanBeSentItself() throws Exception {
        String file = "x".repeat(2 * RestServer.BODY_LIMIT);

        HttpResponse<String> answer = server.post("/plugins/sinks/mysql?sha256=ab12", file);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("sinks plugin mysql is created");
        assertThat(server.plugins.sent()).isEqualTo(file.length());
        assertThat(server.plugins.requests().get(0).file()).isEqualTo("mysql.jar");
        assertThat(server.plugins.requests().get(0).sha256()).isEqualTo("ab12");
    }

    @Test
    void withoutAFileACatalogueIsAsked() throws Exception {
        assertThat(server.post("/plugins/sinks", "{\"name\":\"mysql\"}").statusCode())
                .isEqualTo(201);

        assertThat(server.plugins.requests().get(0).file()).isEmpty();
    }

    @Test
    void cataloguesAreListed() throws Exception {
        assertThat(server.get("/plugins/sinks/prebuild").body()).isEqualTo("{\"mysql\":\"catalog:mysql/1.0.0\"}");
        assertThat(server.get("/plugins/sources/prebuild").body()).isEqualTo("{}");
        assertThat(server.get("/plugins/available").body())
                .startsWith("[{\"name\":\"mysql\",\"version\":\"2.0.0\",\"description\":\"Sink for MySQL and MariaDB\","
                        + "\"offers\":{\"sinks\":[\"mysql\"],\"connections\":[\"mysql\"]},\"functions\":[],"
                        + "\"fits\":false,\"obstacle\":\"needs engine API 2.4 or later")
                .endsWith("\"bytes\":3000000,\"sha256\":\"ab12\",\"signer\":\"CN=known\","
                        + "\"file\":\"catalog:mysql/1.0.0\"}]");
    }

    @Test
    void metadataDescribesPropertiesAndFunctions() throws Exception {
        assertThat(server.get("/metadata/sinks").body())
                .isEqualTo("[{\"name\":\"lcd\",\"version\":\"1.0.0\",\"plugin\":\"com.acme.lcd\"}]");
        assertThat(server.get("/metadata/sinks/lcd").body())
                .isEqualTo("{\"name\":\"lcd\",\"version\":\"1.0.0\",\"plugin\":\"com.acme.lcd\","
                        + "\"properties\":[{\"name\":\"color\",\"type\":\"string\",\"optional\":true,"
                        + "\"default\":\"white\",\"hint\":{\"en_US\":\"Color of the letters\"}},"
                        + "{\"name\":\"device\",\"type\":\"string\",\"optional\":false,\"default\":\"\","
                        + "\"hint\":{\"en_US\":\"Where the display is\"}}]}");
        assertThat(server.get("/metadata/functions").body())
                .startsWith("[{\"name\":\"abs\",\"aliases\":[],\"kind\":\"scalar\",\"signature\":\"abs(value FLOAT)\","
                        + "\"doc\":\"The absolute value.\",\"examples\":[\"abs(-1) = 1\"]},"
                        + "{\"name\":\"distance\",\"aliases\":[\"geodistance\"],");
    }

    @Test
    void showsNamedPropertiesButNoSecrets() throws Exception {
        assertThat(server.get("/metadata/sources/yaml/mqtt").body())
                .isEqualTo("{\"default\":{\"server\":\"tcp://127.0.0.1:1883\"},\"plant\":{\"password\":\"******\"}}");
        assertThat(server.get("/metadata/sinks/yaml/lcd").body()).isEqualTo("{}");
        assertThat(server.get("/metadata/sinks/yaml/unheard").statusCode()).isEqualTo(404);
    }
}
