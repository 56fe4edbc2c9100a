// Validates PDF files against PDF/UA-1 with veraPDF; one line a file, exit 1 when one fails. Made by verapdf.py.
import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class VeraCheck {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId("ua1");
        boolean good = true;
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
                ValidationResult found = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
                good &= found.isCompliant();
                System.out.println((found.isCompliant() ? "PASS " : "FAIL ") + file);
                Map<String, Integer> faults = new TreeMap<>();
                for (TestAssertion one : found.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) {
                        faults.merge(one.getRuleId().getClause() + " " + one.getMessage(), 1, Integer::sum);
                    }
                }
                faults.forEach((fault, number) -> System.out.println("  " + number + " x " + fault));
            }
        }
        System.exit(good ? 0 : 1);
    }
}
