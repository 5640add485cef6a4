package io.github.resiliencestarter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.docs.Page.Block;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the documentation shows compiles, starts, and is printed; and what it links to is there. */
class DocumentationTests {

    private static final List<String> SECTIONS = List.of(
            "What it is for", "Usage", "Defaults", "How it works", "Mistakes and what you will be told", "See also");

    private static final Map<String, Supplier<String>> OUTPUTS = Map.of(
            "start-up", () -> RealOutput.log(PaymentGateway.class, yaml("README.md", "bulkhead")),
            "misspelled-fallback", () -> RealOutput.report(Mistakes.PaymentGateway.class, ""),
            "unknown-key", () -> report("max-attemps"),
            "wrong-type", () -> report("four"),
            "time-budget",
                    () -> RealOutput.log(
                            PaymentGateway.class, yaml("docs/configuration.md", "total: 4s}\n      retry: {")));

    private final List<Page> pages = Page.all();

    @Test
    void every_java_snippet_is_compiled_code() {
        List<String> wrong = new ArrayList<>();
        pages.forEach(page -> page.blocks().forEach(block -> {
            String reference = block.marked("snippet");
            if (block.language().equals("java") && !Snippets.of(reference).equals(block.text())) {
                wrong.add(at(page, block) + " is not the code of '" + reference + "', which is\n"
                        + Snippets.of(reference));
            }
        }));
        assertThat(wrong)
                .as("copy the code, and say where it is from: <!-- snippet: File.java#tag -->")
                .isEmpty();
    }

    @Test
    void every_yaml_snippet_is_read_and_linted_without_a_finding() {
        List<String> wrong = new ArrayList<>();
        pages.forEach(page -> page.blocks().forEach(block -> {
            boolean ours = block.text().contains("resilience:") || block.text().contains("resilience4j:");
            if (block.language().equals("yaml")
                    && ours
                    && block.marked("not valid").isEmpty()) {
                YamlExample.mistakesIn(block.text()).forEach(mistake -> wrong.add(at(page, block) + ": " + mistake));
            }
        }));
        assertThat(wrong)
                .as("correct it, or say what it shows: <!-- not valid: reason -->")
                .isEmpty();
    }

    @Test
    void every_yaml_snippet_that_is_said_to_be_invalid_is() {
        List<String> wrong = new ArrayList<>();
        pages.forEach(page -> page.blocks().forEach(block -> {
            if (!block.marked("not valid").isEmpty()
                    && YamlExample.mistakesIn(block.text()).isEmpty()) {
                wrong.add(at(page, block));
            }
        }));
        assertThat(wrong).as("the linter finds nothing: remove the marker").isEmpty();
    }

    @Test
    void every_output_is_what_is_really_printed() {
        List<String> wrong = new ArrayList<>();
        pages.forEach(page -> page.blocks().forEach(block -> {
            String name = block.marked("output");
            if (!name.isEmpty()) {
                String real = OUTPUTS.getOrDefault(name, () -> "no such output").get();
                if (!real.equals(block.text())) {
                    wrong.add(at(page, block) + " should be\n" + real);
                }
            }
        }));
        assertThat(wrong).as("what is printed has changed: copy it").isEmpty();
    }

    @Test
    void every_link_leads_somewhere() {
        List<String> broken = new ArrayList<>();
        for (Page page : pages) {
            for (String link : page.links()) {
                if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
                    broken.add(page.name() + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_of_a_capability_has_the_same_sections() {
        List<Page> references = pages.stream().filter(page -> !isFreeForm(page)).toList();
        assertThat(references)
                .allSatisfy(page -> assertThat(page.sections()).as(page.name()).isEqualTo(SECTIONS));
    }

    @Test
    void the_index_lists_every_page() {
        Page index = pages.stream()
                .filter(page -> page.name().equals("docs/README.md"))
                .findFirst()
                .orElseThrow();
        Path docs = index.file().getParent();
        assertThat(pages)
                .filteredOn(page -> !page.name().endsWith("README.md"))
                .extracting(page -> docs.relativize(page.file()).toString())
                .isSubsetOf(index.links());
    }

    /** Pages that are no reference of a capability; samples tell a story. */
    private static boolean isFreeForm(Page page) {
        return page.name().endsWith("README.md") || page.name().startsWith("docs/samples/");
    }

    private static boolean leadsSomewhere(Page page, String link) {
        String[] pathAndAnchor = link.split("#", 2);
        Path target = pathAndAnchor[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(pathAndAnchor[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return pathAndAnchor.length == 1 || Page.read(target).anchors().contains(pathAndAnchor[1]);
    }

    private static String report(String mistake) {
        return RealOutput.report(PaymentGateway.class, yaml("docs/configuration.md", mistake));
    }

    /** The first piece of YAML of the page that contains the text. */
    private static String yaml(String page, String containing) {
        return Page.read(Page.root().resolve(page)).blocks().stream()
                .filter(block -> block.language().equals("yaml") && block.text().contains(containing))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static String at(Page page, Block block) {
        return page.name() + ":" + block.line();
    }
}
