package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.htmlunit.BrowserVersion;
import org.htmlunit.NicelyResynchronizingAjaxController;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;

/** The web console in a browser: what is on its pages, by the words that people see. */
final class Console implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final WebClient browser = new WebClient(BrowserVersion.CHROME);
    private final String address;
    private HtmlPage page;

    private Console(int port) throws IOException {
        address = "http://localhost:" + port + "/console/";
        browser.getOptions().setFetchPolyfillEnabled(true);
        browser.setAjaxController(new NicelyResynchronizingAjaxController());
        page = browser.getPage(address);
    }

    static Console open(Container container) throws IOException {
        return new Console(container.rest().port());
    }

    /** Goes to a page by its address, such as {@code /rules}. */
    void go(String path) {
        page.executeJavaScript("location.hash = '#" + path + "'");
    }

    /** Waits until the page says something. */
    void awaitText(String text) {
        await("the page says '" + text + "'").atMost(LIMIT).untilAsserted(() -> assertThat(text())
                .contains(text));
    }

    /** Waits until the first element that a selector finds has such a text. */
    void awaitText(String selector, Predicate<String> expected) {
        await(selector).atMost(LIMIT).until(() -> expected.test(text(selector)));
    }

    /** Returns what the page says. */
    String text() {
        return page.getBody().asNormalizedText();
    }

    /** Returns the text of the first element that a selector finds; empty if there is none. */
    String text(String selector) {
        DomElement element = page.querySelector(selector);
        return element == null ? "" : element.getTextContent();
    }

    /** Clicks on the button or link that is called so, when it is there. */
    void click(String label) throws IOException {
        await("'" + label + "' can be clicked").atMost(LIMIT).until(() -> !called(label)
                .isEmpty());
        called(label).get(0).click();
    }

    private List<HtmlElement> called(String label) {
        return page.<HtmlElement>getByXPath("//button | //a").stream()
                .filter(HtmlElement::isDisplayed)
                .filter(element -> label.equals(name(element)))
                .toList();
    }

    /** Returns what a screen reader calls an element. */
    private static String name(HtmlElement element) {
        return element.hasAttribute("aria-label")
                ? element.getAttribute("aria-label")
                : element.getTextContent().strip();
    }

    @Override
    public void close() {
        browser.close();
    }
}
