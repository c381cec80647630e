// Validates PDF files with veraPDF's library. Usage: java -cp JARS Conformance.java PROFILES FILE.pdf…   PROFILES: 2a,ua1
// A line for each file and profile; below a failure each broken rule with its clause, how often, and where first. Exit code 1 then.

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;

final class Conformance {
    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean wrong = false;
        for (int i = 1; i < arguments.length; i++) {
            for (String name : arguments[0].split(",")) {
                wrong |= !conforms(new File(arguments[i]), name);
            }
        }
        System.exit(wrong ? 1 : 0);
    }

    private static boolean conforms(File file, String name) {
        PDFAFlavour profile = PDFAFlavour.byFlavourId(name);
        if (profile == PDFAFlavour.NO_FLAVOUR) {
            System.out.println("  WRONG no profile " + name);
            return false;
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile)) {
            // All failures, without the passed checks, no progress.
            ValidationResult result = ValidatorFactory.createValidator(profile, -1, false, true, false).validate(parser);
            System.out.printf("  %s %s: %s, %d checks%n", result.isCompliant() ? "ok   " : "WRONG", file.getName(), name,
                result.getTotalAssertions());
            if (!result.isCompliant()) {
                explain(result);
            }
            return result.isCompliant();
        } catch (Exception fault) {
            System.out.println("  WRONG " + file.getName() + ": " + name + ": " + fault);
            return false;
        }
    }

    private static void explain(ValidationResult result) {
        Map<RuleId, List<TestAssertion>> broken = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                broken.computeIfAbsent(assertion.getRuleId(), rule -> new ArrayList<>()).add(assertion);
            }
        }
        broken.forEach((rule, found) -> System.out.printf("        %s %s test %d, %d times: %s%n          first at %s%n",
            rule.getSpecification().getId(), rule.getClause(), rule.getTestNumber(), found.size(),
            found.get(0).getMessage(), found.get(0).getLocation().getContext()));
    }
}
