import com.pixelmed.dicom.BinaryInputStream;
import com.pixelmed.displaywave.DicomSourceECG;
import com.pixelmed.displaywave.ECGPanel;
import com.pixelmed.displaywave.SCPSourceECG;
import com.pixelmed.displaywave.SourceECG;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import javax.imageio.ImageIO;

/**
 * PixelMed's ECG viewer without its window: reads a file, draws each lead in a row of its own into a picture, and prints
 * the name that it writes into each row, from above. Started as a source file, which a runtime of Debian can do.
 * Arguments: dicom or scp, the file, pixels per millisecond, pixels per millivolt, the first millisecond, width and
 * height of a row in pixels, a .png for the eye, a .bmp for the test.
 */
class DrawWithPixelmed {
  public static void main(String[] given) throws Exception {
    BinaryInputStream file = new BinaryInputStream(new BufferedInputStream(new FileInputStream(given[1])), false);
    SourceECG ecg = given[0].equals("scp") ? new SCPSourceECG(file, true) : new DicomSourceECG(file);
    int rows = ecg.getNumberOfChannels();
    int width = Integer.parseInt(given[5]);
    int height = rows * Integer.parseInt(given[6]);
    ECGPanel panel = new ECGPanel(
        ecg.getSamples(), rows, ecg.getNumberOfSamplesPerChannel(), ecg.getChannelNames(), rows, 1,
        ecg.getSamplingIntervalInMilliSeconds(), ecg.getAmplitudeScalingFactorInMilliVolts(),
        Float.parseFloat(given[2]), Float.parseFloat(given[3]), Float.parseFloat(given[4]),
        ecg.getDisplaySequence(), width, height);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    // What paintComponent calls, which itself asks for the colours of a screen, and here is none.
    var paint = ECGPanel.class.getDeclaredMethod("renderPlotToGraphics2D", Graphics2D.class, Rectangle.class, boolean.class);
    paint.setAccessible(true);
    paint.invoke(panel, picture.createGraphics(), new Rectangle(width, height), true);
    ImageIO.write(picture, "png", new File(given[7]));
    ImageIO.write(picture, "bmp", new File(given[8]));
    for (int channel : ecg.getDisplaySequence()) System.out.println(ecg.getChannelNames()[channel]);
  }
}
