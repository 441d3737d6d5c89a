package io.varuna.plugin.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.function.FunctionLibrary;
import io.varuna.testkit.FunctionContract;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HashFunctionsTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new HashFunctions();
    }

    @Test
    void bytesAndTextsHaveTheSameChecksum() throws Exception {
        assertThat(HashFunctions.md5("ä".getBytes(StandardCharsets.UTF_8))).isEqualTo(HashFunctions.md5("ä"));
        assertThat(HashFunctions.sha1(5L)).isEqualTo(HashFunctions.sha1("5"));
        assertThat(HashFunctions.sha384("")).startsWith("38b060a751ac9638");
        assertThat(HashFunctions.sha512("")).startsWith("cf83e1357eefb8bd");
        assertThat(HashFunctions.crc32("")).isEqualTo("0");
    }
}
