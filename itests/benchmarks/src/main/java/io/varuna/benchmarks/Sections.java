package io.varuna.benchmarks;

import io.varuna.benchmarks.distribution.DistributionTrial;
import io.varuna.benchmarks.file.FileTrial;
import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.mqtt.LatencyTrial;
import io.varuna.benchmarks.mqtt.MqttTrial;
import io.varuna.benchmarks.mysql.MySqlTrial;
import io.varuna.benchmarks.pipeline.Decoding;
import io.varuna.benchmarks.pipeline.Encoding;
import io.varuna.benchmarks.pipeline.Expressions;
import io.varuna.benchmarks.pipeline.External;
import io.varuna.benchmarks.pipeline.IdleRules;
import io.varuna.benchmarks.pipeline.MapPipeline;
import io.varuna.benchmarks.pipeline.Output;
import io.varuna.benchmarks.pipeline.RuleTrial;
import io.varuna.benchmarks.pipeline.SpeedOfLight;
import io.varuna.benchmarks.pipeline.VarunaEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Everything that is measured in processes of its own. */
final class Sections {
    private static final int LARGE_HEAP = 1536;

    private Sections() {}

    static List<Section> all() {
        return List.of(
                memory(Shape.SMALL),
                memory(Shape.LARGE),
                mqtt(),
                latency(),
                files(),
                decoding(Shape.SMALL),
                decoding(Shape.LARGE),
                encoding(),
                expressions(),
                WindowSections.windows(),
                WindowSections.joins(),
                manyRules(),
                idleRules(),
                mysql(),
                distribution());
    }

    static Subject subject(String id) {
        return all().stream()
                .flatMap(section -> section.subjects().stream())
                .filter(subject -> subject.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no subject '" + id + "'"));
    }

    private static Messages messages(Shape shape) {
        return Messages.of(shape, shape == Shape.SMALL ? 50_000 : 10_000, 10_000);
    }

    private static Section memory(Shape shape) {
        String id = "memory/" + shape.word() + "/";
        Supplier<Messages> messages = () -> messages(shape);
        List<Subject> subjects = new ArrayList<>(List.of(
                Subject.of(id + "limit", "by hand", () -> new SpeedOfLight(messages.get(), Output.discarding())),
                Subject.of(
                        id + "varuna",
                        "Varuna",
                        () -> new RuleTrial(messages.get(), VarunaEngine.OUTPUT, Output.discarding())),
                Subject.of(
                        id + "varuna-nop",
                        "Varuna, nothing encoded",
                        () -> new RuleTrial(messages.get(), VarunaEngine.IGNORE, Output.discarding())),
                Subject.of(
                        id + "map",
                        "Jackson, maps, functions",
                        () -> new MapPipeline(messages.get(), Output.discarding()))));
        External.command()
                .ifPresent(command -> subjects.add(
                        Subject.of(id + "external", "`" + command + "`", () -> new External(command, messages.get()))));
        return new Section(
                "memory-" + shape.word(),
                "From memory to JSON, " + shape.word() + " messages",
                "Messages in memory are decoded, two of five pass the condition, two columns are computed and encoded."
                        + Profiles.memory(shape),
                subjects);
    }

    private static Section mqtt() {
        List<Subject> subjects = new ArrayList<>();
        for (int qos = 0; qos <= 1; qos++) {
            int level = qos;
            subjects.add(Subject.of("mqtt/varuna-" + qos, "Varuna, QoS " + qos, () -> MqttTrial.varuna(level)));
            subjects.add(Subject.of(
                    "mqtt/paho-" + qos, "Paho, Jackson, maps, functions, QoS " + qos, () -> MqttTrial.paho(level)));
        }
        return new Section(
                "mqtt",
                "From MQTT to JSON, small messages",
                "A broker on the same machine, in another process, sends as fast as the client reads. With QoS 0 two thirds of our"
                        + " time are the rule's own, decoding first of all; a third is the network's thread, which reads from the"
                        + " socket, finds the messages, copies their payloads and hands them over some hundred at a time.",
                subjects);
    }

    private static Section latency() {
        return new Section(
                "latency",
                "From the broker to the sink at half load",
                "First the broker sends as fast as the rule takes, then half as many a second, one by one. The time of a"
                        + " message begins when it is due to be sent, and ends when its result is at the sink. The broker"
                        + " has its share in it, and so has other work on the machine.",
                List.of(
                        Subject.of("latency/varuna-0", "Varuna, QoS 0", () -> LatencyTrial.varuna(0))
                                .runOnce(),
                        Subject.of("latency/varuna-1", "Varuna, QoS 1", () -> LatencyTrial.varuna(1))
                                .runOnce()));
    }

    private static Section files() {
        Supplier<Messages> messages = () -> Messages.of(Shape.SMALL, 100_000, 10_000);
        return new Section(
                "file",
                "From a file to a file, small messages",
                "A file of a million lines is read from beginning to end, and results are written as lines of another. Ours is a"
                        + " rule that is started for it and ends with the file; the others are loops over a buffer.\n\n"
                        + Profiles.FILES,
                List.of(
                        Subject.of("file/limit", "by hand", () -> FileTrial.byHand(messages.get())),
                        Subject.of("file/varuna", "Varuna", () -> FileTrial.varuna(messages.get())),
                        Subject.of("file/map", "Jackson, maps, functions", () -> FileTrial.maps(messages.get()))));
    }

    private static Section decoding(Shape shape) {
        List<Subject> subjects = new ArrayList<>();
        for (Decoding.Contender contender : Decoding.Contender.values()) {
            String label =
                    switch (contender) {
                        case VARUNA -> "Varuna's format json";
                        case JACKSON -> "Jackson, token by token";
                        case MAP -> "Jackson, a map";
                    };
            subjects.add(Subject.of(
                    "decode/" + shape.word() + "/" + contender.name().toLowerCase(Locale.ROOT),
                    label,
                    () -> Decoding.of(contender, messages(shape))));
        }
        return new Section(
                "decode-" + shape.word(),
                "Decoding, " + shape.word() + " messages",
                "From the bytes of a message to the three columns that the query needs. Every byte is checked, also in columns"
                        + " that nobody asks for.\n\n"
                        + Profiles.decoding(shape),
                subjects);
    }

    private static Section encoding() {
        List<Subject> subjects = new ArrayList<>();
        for (Encoding.Contender contender : Encoding.Contender.values()) {
            String label =
                    switch (contender) {
                        case VARUNA -> "Varuna's format json";
                        case JACKSON -> "Jackson, token by token";
                        case MAP -> "Jackson, of a map";
                    };
            subjects.add(Subject.of(
                    "encode/" + contender.name().toLowerCase(Locale.ROOT), label, () -> Encoding.of(contender)));
        }
        return new Section(
                "encode",
                "Encoding",
                "From three columns, a computed number, a whole one and a text, to the bytes of a message.",
                subjects);
    }

    private static Section expressions() {
        List<Subject> subjects = new ArrayList<>();
        for (Expressions.Query query : Expressions.Query.values()) {
            String word = query.name().toLowerCase(Locale.ROOT);
            for (Expressions.Contender contender : Expressions.Contender.values()) {
                String label =
                        switch (contender) {
                            case COLUMNS -> "Varuna, loops over columns";
                            case ROWS -> "Varuna, row by row";
                            case CLOSURES -> "closures over objects";
                        };
                subjects.add(Subject.of(
                        "expression/" + word + "/" + contender.name().toLowerCase(Locale.ROOT),
                        label + ", " + word,
                        () -> Expressions.amongOthers(query, contender)));
            }
        }
        return new Section(
                "expression",
                "Expressions",
                "A condition and what is computed of the rows that pass, of values that are decoded already, in a process that has"
                        + " evaluated other queries, too. *Cheap* is the query"
                        + " above, *expensive* has four conjuncts and 17 operations of arithmetic. Every value is of the kind that"
                        + " its column usually has; batches with NULLs, or with whole numbers and others in one column where that"
                        + " matters, take longer, since each value is then looked at with its tag.\n\n"
                        + Profiles.EXPRESSIONS,
                subjects);
    }

    private static Section manyRules() {
        List<Subject> subjects = new ArrayList<>();
        for (int rules : new int[] {1, 10, 100, 1_000}) {
            subjects.add(Subject.of(
                    "rules/" + rules,
                    rules == 1 ? "one rule" : rules + " rules",
                    () -> RuleTrial.ofRules(Messages.of(Shape.SMALL, 4_096, 10_000), rules)));
        }
        return new Section(
                "rules",
                "Many rules on one stream",
                "Rules that differ in a constant only; about one of a hundred rows passes each. Nothing is encoded. The numbers"
                        + " of a batch are put in order once, so that a rule looks only at the rows that can pass.",
                subjects);
    }

    private static Section idleRules() {
        return new Section(
                "idle",
                "Memory of idle rules",
                "8 000 rules of four kinds, running, without messages: heap and classes after garbage was collected.",
                List.of(
                        Subject.of("idle/shared", "on 300 shared streams", () -> new IdleRules(8_000, 300))
                                .withHeap(LARGE_HEAP)
                                .runOnce(),
                        Subject.of("idle/own", "on 8 000 streams", () -> new IdleRules(8_000, 8_000))
                                .withHeap(LARGE_HEAP)
                                .runOnce()));
    }

    private static Section mysql() {
        return new Section(
                "mysql",
                "Into MySQL",
                "Small messages become rows of a table in a MariaDB server on the same machine, by a rule and by a loop that"
                        + " sends 512 rows with each commit, in turns. What counts here is the time that passes.",
                List.of(Subject.of("mysql/rows", "Varuna and a loop by hand", MySqlTrial::new)
                        .runOnce()));
    }

    private static Section distribution() {
        return new Section(
                "distribution",
                "The distribution",
                Profiles.DISTRIBUTION,
                List.of(
                        distribution("distribution/usual", "as it comes", "", false),
                        distribution("distribution/archive", "after `varuna archive`", "", true),
                        distribution("distribution/small", "with `VARUNA_PROFILE=small`", "small", false)),
                false);
    }

    private static Subject distribution(String id, String text, String profile, boolean archive) {
        return Subject.of(id, text, () -> new DistributionTrial(profile, archive, DistributionTrial.Extent.FULL))
                .runOnce();
    }
}
