package io.varuna.plugin.functions.hash;

import io.varuna.api.data.Conversions;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.osgi.service.component.annotations.Component;

/** Checksums of the bytes of a text in UTF-8, or of bytes, in hexadecimal digits. */
@Component
public final class HashFunctions implements FunctionLibrary {
    @SqlFunction(
            doc = "Returns the MD5 checksum in small hexadecimal digits.",
            examples = "md5('hello') = '5d41402abc4b2a76b9719d911017c592'")
    public static String md5(Object value) throws NoSuchAlgorithmException {
        return digest("MD5", value);
    }

    @SqlFunction(
            doc = "Returns the SHA-1 checksum in small hexadecimal digits.",
            examples = "sha1('hello') = 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'")
    public static String sha1(Object value) throws NoSuchAlgorithmException {
        return digest("SHA-1", value);
    }

    @SqlFunction(
            doc = "Returns the SHA-256 checksum in small hexadecimal digits.",
            examples = "sha256('hello') = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'")
    public static String sha256(Object value) throws NoSuchAlgorithmException {
        return digest("SHA-256", value);
    }

    @SqlFunction(
            doc = "Returns the SHA-384 checksum in small hexadecimal digits.",
            examples = "length(sha384('hello')) = 96")
    public static String sha384(Object value) throws NoSuchAlgorithmException {
        return digest("SHA-384", value);
    }

    @SqlFunction(
            doc = "Returns the SHA-512 checksum in small hexadecimal digits.",
            examples = "length(sha512('hello')) = 128")
    public static String sha512(Object value) throws NoSuchAlgorithmException {
        return digest("SHA-512", value);
    }

    @SqlFunction(
            doc = "Returns the CRC-32 checksum in small hexadecimal digits, without leading zeros.",
            examples = "crc32('hello') = '3610a686'")
    public static String crc32(Object value) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes(value));
        return Long.toHexString(checksum.getValue());
    }

    private static String digest(String algorithm, Object value) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(value)));
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : Conversions.toText(value).getBytes(StandardCharsets.UTF_8);
    }
}
