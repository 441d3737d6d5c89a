package io.varuna.plugin.functions.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.ScalarFunction;
import io.varuna.testkit.FunctionContract;
import io.varuna.testkit.TestArgs;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFunctionsTest extends FunctionContract {
    @Override
    protected FunctionLibrary library() {
        return new ImageFunctions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void anImageKeepsItsFormatInAnotherSize(String format) throws IOException {
        byte[] resized = call("resize", image(format, 40, 20), 10L, 30L);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(resized));
        assertThat(image.getWidth()).isEqualTo(10);
        assertThat(image.getHeight()).isEqualTo(30);
        assertThat(formatOf(resized)).isEqualTo(formatOf(image(format, 1, 1)));
        Color colour = new Color(image.getRGB(5, 15));
        assertThat(colour.getRed()).isGreaterThan(200);
        assertThat(colour.getBlue()).isLessThan(60);
    }

    @Test
    void aSideThatIsLeftOutFollowsFromTheOther() throws IOException {
        byte[] image = image("png", 40, 20);

        assertSize(call("resize", image, 10L, 0L), 10, 5);
        assertSize(call("resize", image, 0L, 40L), 80, 40);
        assertSize(call("resize", image, 0L, 0L), 40, 20);
    }

    @Test
    void rawPixelsAreRedGreenAndBlue() {
        byte[] pixels = call("resize", image("png", 40, 20), 3L, 2L, true);

        byte[] orange = {(byte) 255, (byte) 120, 10};
        assertThat(pixels).hasSize(3 * 2 * 3);
        for (int i = 0; i < pixels.length; i += 3) {
            assertThat(Arrays.copyOfRange(pixels, i, i + 3)).isEqualTo(orange);
        }
    }

    @Test
    void transparencyStaysInPng() throws IOException {
        BufferedImage clear = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);

        byte[] resized = call("resize", encoded(clear, "png"), 4L, 4L);

        assertThat(ImageIO.read(new ByteArrayInputStream(resized)).getRGB(1, 1) >>> 24)
                .isZero();
    }

    @Test
    void aThumbnailIsWithinBothSidesAndNeverLarger() throws IOException {
        byte[] image = image("jpeg", 400, 200);

        assertSize(call("thumbnail", image, 100L, 100L), 100, 50);
        assertSize(call("thumbnail", image, 1000L, 20L), 40, 20);
        assertSize(call("thumbnail", image, 1L, 1L), 1, 1);
        assertThat(call("thumbnail", image, 400L, 200L)).isEqualTo(image);
        assertThatThrownBy(() -> call("thumbnail", image, 0L, 5L)).hasMessageContaining("above 0, not 0 and 5");
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatThrownBy(() -> call("resize", new byte[] {1, 2, 3}, 10L, 10L))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("Argument 'image' of 'resize' takes PNG, JPEG or GIF; these 3 bytes are none");
        assertThatThrownBy(() -> call("resize", image("png", 4, 4), -1L, 10L))
                .hasMessageContaining("Argument 'width' of 'resize'");
        assertThatThrownBy(() -> call("resize", image("png", 4, 4), 100_000L, 100_000L))
                .hasMessageContaining("up to 50000000 pixels, not 100000 x 100000");
    }

    @Test
    void aLargePhotoIsReadInPartOnly() throws IOException {
        byte[] photo = image("jpeg", 4000, 3000);

        assertThat(new Size(4000, 3000).subsampling(new Size(200, 150))).isEqualTo(10);
        assertSize(call("thumbnail", photo, 200L, 200L), 200, 150);
        assertSize(call("resize", photo, 333L, 77L), 333, 77);
    }

    @Test
    void whatWouldTakeMostOfTheHeapIsRefused() {
        int most = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16);

        new Size(most, 1).checkFitsMemory("resize");
        assertThatThrownBy(() -> new Size(most, 2).checkFitsMemory("resize"))
                .isInstanceOf(VarunaException.class)
                .hasMessageContaining("'resize' would take " + most + " x 2 pixels into memory");
    }

    @Test
    void formatsThatThePlatformReadsWithFewerChecksAreRefused() {
        assertThatThrownBy(() -> call("thumbnail", image("bmp", 4, 4), 1L, 1L))
                .hasMessageContaining("are none of them");
    }

    @Test
    void anImageThatSaysItIsHugeIsNotDecoded() {
        byte[] image = image("png", 4, 4);
        // width and height in the header of a PNG
        ByteBuffer.wrap(image).putInt(16, 100_000).putInt(20, 100_000);

        assertThatThrownBy(() -> call("thumbnail", image, 10L, 10L)).hasMessageContaining("not 100000 x 100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void brokenImagesAreErrorsOfTheRow(String format) {
        Random random = new Random(Long.getLong("varuna.seed", 1));
        byte[] image = image(format, 20, 20);
        for (int i = 0; i < 500; i++) {
            byte[] broken = random.nextBoolean() ? Arrays.copyOf(image, random.nextInt(image.length)) : image.clone();
            for (int changes = random.nextInt(4); changes > 0 && broken.length > 0; changes--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(call("resize", broken, 5L, 5L)).isNotEmpty();
            } catch (VarunaException e) {
                assertThat(e).hasMessageContaining("'resize'");
            }
        }
    }

    private byte[] call(String name, Object... arguments) {
        FunctionDefinition function = library().functions().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            return (byte[]) Objects.requireNonNull(((ScalarFunction) function.create()).apply(TestArgs.of(arguments)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("Functions of images throw what needs no declaration", e);
        }
    }

    private static void assertSize(byte[] bytes, int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    private static String formatOf(byte[] bytes) throws IOException {
        var input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes));
        return ImageIO.getImageReaders(input).next().getFormatName();
    }

    private static byte[] image(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(255, 120, 10).getRGB());
            }
        }
        return encoded(image, format);
    }

    private static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(image, format, bytes)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
