package io.varuna.plugin.functions.conversion;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.Args;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Bytes as texts, and bytes in less space. */
@Component
public final class Encodings implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                function("encode", "encoding", Encodings::encode)
                        .doc("Encodes a text or bytes as base64.")
                        .check(arguments -> encodingProblem("encode", arguments.get(1)))
                        .result(DataType.VARCHAR)
                        .example("encode('hello', 'base64') = 'aGVsbG8='")
                        .build(),
                function("decode", "encoding", Encodings::decode)
                        .doc("Decodes base64 to bytes.")
                        .check(arguments -> encodingProblem("decode", arguments.get(1)))
                        .result(DataType.VARBINARY)
                        .example("encode(decode('aGVsbG8=', 'base64'), 'base64') = 'aGVsbG8='")
                        .build(),
                function("compress", "algorithm", args -> algorithm("compress", args)
                                .compress(bytes(args)))
                        .doc("Compresses a text or bytes with zlib, gzip, flate or zstd.")
                        .check(arguments -> algorithmProblem("compress", arguments.get(1)))
                        .result(DataType.VARBINARY)
                        .example("encode(decompress(compress('hello', 'gzip'), 'gzip'), 'base64') = 'aGVsbG8='")
                        .build(),
                function("decompress", "algorithm", Encodings::decompress)
                        .doc("Decompresses bytes with zlib, gzip, flate or zstd.")
                        .check(arguments -> algorithmProblem("decompress", arguments.get(1)))
                        .result(DataType.VARBINARY)
                        .example("encode(decompress(compress('hello', 'zstd'), 'zstd'), 'base64') = 'aGVsbG8='")
                        .build());
    }

    private static FunctionDefinition.Builder function(String name, String how, ScalarFunction implementation) {
        return FunctionDefinition.scalar(name, () -> implementation)
                .parameter("value", DataType.ANY)
                .parameter(how, DataType.VARCHAR);
    }

    private static Object encode(Args args) {
        requireBase64("encode", args.get(1));
        return Base64.getEncoder().encodeToString(bytes(args));
    }

    private static Object decode(Args args) {
        requireBase64("decode", args.get(1));
        try {
            return Base64.getDecoder().decode(bytes(args));
        } catch (IllegalArgumentException e) {
            throw problem("Argument 'value' of 'decode' is not base64: " + Conversions.describe(args.get(0)), e);
        }
    }

    private static Object decompress(Args args) {
        Compression algorithm = algorithm("decompress", args);
        try {
            return algorithm.decompress(bytes(args));
        } catch (IOException e) {
            throw problem("Argument 'value' of 'decompress' is not " + algorithm.ruleName() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the bytes of a text in UTF-8, or those that the argument is. */
    private static byte[] bytes(Args args) {
        Object value = Objects.requireNonNull(args.get(0));
        return value instanceof byte[] bytes ? bytes : Conversions.toText(value).getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String encodingProblem(String function, Argument encoding) {
        return encoding.value() instanceof String name && !name.equals("base64")
                ? "Argument 2 of '" + function + "' ('encoding') takes 'base64', not '" + name + "'"
                : null;
    }

    private static void requireBase64(String function, @Nullable Object name) {
        if (!"base64".equals(name)) {
            throw problem(
                    "Argument 'encoding' of '" + function + "' takes 'base64', not " + Conversions.describe(name),
                    null);
        }
    }

    private static @Nullable String algorithmProblem(String function, Argument algorithm) {
        return algorithm.value() instanceof String name && Compression.find(name) == null
                ? "Argument 2 of '" + function + "' ('algorithm') takes " + Compression.NAMES + ", not '" + name + "'"
                : null;
    }

    private static Compression algorithm(String function, Args args) {
        Compression found = args.get(1) instanceof String name ? Compression.find(name) : null;
        if (found == null) {
            throw problem(
                    "Argument 'algorithm' of '" + function + "' takes " + Compression.NAMES + ", not "
                            + Conversions.describe(args.get(1)),
                    null);
        }
        return found;
    }

    private static VarunaException problem(String message, @Nullable Throwable cause) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message, cause);
    }
}
