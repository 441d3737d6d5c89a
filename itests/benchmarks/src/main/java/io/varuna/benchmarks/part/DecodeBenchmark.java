package io.varuna.benchmarks.part;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.benchmarks.pipeline.Decoding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a message to the three columns that a rule needs. */
@State(Scope.Thread)
public class DecodeBenchmark {
    @Param
    private Shape shape = Shape.SMALL;

    @Param
    private Decoding.Contender contender = Decoding.Contender.VARUNA;

    private @Nullable Decoding decoding;

    /** Makes the messages. */
    @Setup
    public void prepare() {
        decoding = Decoding.of(contender, Messages.of(shape, 4_096, 10_000));
    }

    /** Decodes the next message. */
    @Benchmark
    public long decode() throws Exception {
        return Objects.requireNonNull(decoding).decodeNext();
    }
}
