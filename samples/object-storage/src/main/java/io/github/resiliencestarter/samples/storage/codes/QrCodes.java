package io.github.resiliencestarter.samples.storage.codes;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

@Component
class QrCodes {

    private static final int PIXELS = 200;

    byte[] png(String contents) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            MatrixToImageWriter.writeToStream(
                    new QRCodeWriter().encode(contents, BarcodeFormat.QR_CODE, PIXELS, PIXELS), "png", png);
        } catch (WriterException e) {
            throw new IllegalArgumentException("No QR code can hold this", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
