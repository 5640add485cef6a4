package io.github.resiliencestarter.samples.storage.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class QrCodesTests {

    private final QrCodes codes = new QrCodes();

    @Test
    void a_code_is_a_png_that_can_be_read() throws Exception {
        byte[] png = codes.png("https://tickets.example/1");

        var image = new BufferedImageLuminanceSource(ImageIO.read(new ByteArrayInputStream(png)));
        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(new HybridBinarizer(image)))
                        .getText())
                .isEqualTo("https://tickets.example/1");
    }

    @Test
    void contents_that_fit_in_no_code_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> codes.png("x".repeat(5_000)));
    }
}
