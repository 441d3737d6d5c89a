package io.varuna.plugin.functions.image;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.resizers.Resizers;
import org.jspecify.annotations.Nullable;

/** A decoded image that knows the format it came in. */
final class Picture {
    private static final String JPEG = "jpeg";

    /** The platform reads more, but has fewer checks there: a few bytes of a BMP make it ask for gigabytes. */
    private static final Set<String> FORMATS = Set.of("gif", JPEG, "png");

    private final String format;
    private final BufferedImage image;

    private Picture(String format, BufferedImage image) {
        this.format = format;
        this.image = image;
    }

    /** Returns how large an image says that it is, without reading more of it. */
    static Size size(String function, byte[] bytes) {
        return read(function, bytes, reader -> {
            Size size = new Size(reader.getWidth(0), reader.getHeight(0));
            size.checkIsNotHuge(function);
            return size;
        });
    }

    /** Reads an image, and makes it as large as wanted. */
    static Picture read(String function, byte[] bytes, Size size, Size wanted) {
        wanted.checkIsNotHuge(function);
        wanted.checkFitsMemory(function);
        int each = size.subsampling(wanted);
        size.subsampled(each).checkFitsMemory(function);
        return read(function, bytes, reader -> {
            ImageReadParam parts = reader.getDefaultReadParam();
            parts.setSourceSubsampling(each, each, 0, 0);
            return new Picture(format(reader), reader.read(0, parts)).resized(wanted);
        });
    }

    private interface Reading<T> {
        T of(ImageReader reader) throws IOException;
    }

    private static <T> T read(String function, byte[] bytes, Reading<T> reading) {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = reader(input);
            if (reader == null) {
                throw problem("Argument 'image' of '" + function + "' takes PNG, JPEG or GIF; these " + bytes.length
                        + " bytes are none of them");
            }
            try {
                reader.setInput(input, true, true);
                return reading.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (VarunaException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // readers of the platform meet broken files with all kinds of exceptions that are not checked
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "Argument 'image' of '" + function + "' is an image that cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static @Nullable ImageReader reader(ImageInputStream input) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(format(reader))) {
                return reader;
            }
            reader.dispose();
        }
        return null;
    }

    private static String format(ImageReader reader) {
        try {
            return reader.getFormatName().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("Readers of the platform know the name of their format", e);
        }
    }

    private Picture resized(Size wanted) {
        if (image.getWidth() == wanted.width() && image.getHeight() == wanted.height()) {
            return this;
        }
        // JPEG has no transparency; the writer would refuse it
        boolean transparent = image.getColorModel().hasAlpha() && !format.equals(JPEG);
        BufferedImage resized = new BufferedImage(
                wanted.width(),
                wanted.height(),
                transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Resizers.PROGRESSIVE.resize(image, resized);
        return new Picture(format, resized);
    }

    /** Returns three bytes for each pixel, red, green and blue, from the upper left, row by row. */
    byte[] pixels() {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] bytes = new byte[width * height * 3];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int pixel : row) {
                bytes[at++] = (byte) (pixel >> 16);
                bytes[at++] = (byte) (pixel >> 8);
                bytes[at++] = (byte) pixel;
            }
        }
        return bytes;
    }

    byte[] bytes(String function) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, format, output)) {
                throw problem("'" + function + "' cannot write images of the format " + format + " with these colours");
            }
        } catch (IOException e) {
            throw new VarunaException(
                    StandardError.EVALUATION_FAILED,
                    "'" + function + "' could not write the image as " + format + ": " + e.getMessage(),
                    e);
        }
        return bytes.toByteArray();
    }

    static VarunaException problem(String message) {
        return new VarunaException(StandardError.EVALUATION_FAILED, message);
    }
}
