package io.github.resiliencestarter.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, taken apart: headings, links, and blocks of code. */
record Page(Path file, List<String> headings, List<String> links, List<Block> blocks) {

    /**
     * A fenced block.
     *
     * @param marker the line before it
     */
    record Block(int line, String language, String marker, String text) {

        /** What follows the key in a marker such as {@code <!-- snippet: Order.java#tag -->}; empty if it is no such marker. */
        String marked(String key) {
            Matcher matcher = Pattern.compile("<!-- " + key + ": (.+) -->").matcher(marker.trim());
            return matcher.matches() ? matcher.group(1) : "";
        }
    }

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    static List<Page> all() {
        Path root = root();
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(Stream.of(root.resolve("README.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(Page::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The root of the repository, whether tests run in it or in the module. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("resilience-starter-core"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Page read(Path file) {
        Page page = new Page(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try {
            page.parse(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return page;
    }

    private void parse(List<String> lines) {
        String before = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                int end = i + 1;
                while (!lines.get(end).startsWith("```")) {
                    end++;
                }
                String text = String.join("\n", lines.subList(i + 1, end));
                blocks.add(new Block(i + 1, line.substring(3).trim(), before, text));
                i = end;
            } else if (line.startsWith("#")) {
                headings.add(line);
            } else {
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "`"));
                while (link.find()) {
                    links.add(link.group(1));
                }
            }
            before = line;
        }
    }

    /** Where the page is, as one would write it. */
    String name() {
        return root().relativize(file).toString().replace('\\', '/');
    }

    @Override
    public String toString() {
        return name();
    }

    List<String> sections() {
        return headings.stream()
                .filter(heading -> heading.startsWith("## "))
                .map(heading -> heading.substring(3))
                .toList();
    }

    /** What can stand behind the # of a link to this page, by GitHub's rules. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String heading : headings) {
            String slug = heading.replaceFirst("^#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                    .replace(' ', '-');
            for (int i = 1; !anchors.add(slug); i++) {
                slug = slug.replaceFirst("-\\d+$", "") + "-" + i;
            }
        }
        return anchors;
    }
}
