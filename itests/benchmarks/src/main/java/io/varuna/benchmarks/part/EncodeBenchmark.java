package io.varuna.benchmarks.part;

import io.varuna.benchmarks.pipeline.Encoding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From three columns to the bytes of a message. */
@State(Scope.Thread)
public class EncodeBenchmark {
    @Param
    private Encoding.Contender contender = Encoding.Contender.VARUNA;

    private @Nullable Encoding encoding;

    /** Makes the rows. */
    @Setup
    public void prepare() {
        encoding = Encoding.of(contender);
    }

    /** Encodes the next row. */
    @Benchmark
    public int encode() throws Exception {
        return Objects.requireNonNull(encoding).encodeNext();
    }
}
