package io.varuna.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.htmlunit.BrowserVersion;
import org.htmlunit.NicelyResynchronizingAjaxController;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebResponseData;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlLabel;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebConnectionWrapper;
import org.jspecify.annotations.Nullable;

/** The web console in a browser: what is on its pages, by the words that people see. */
final class Console implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final WebClient browser = new WebClient(BrowserVersion.CHROME);
    private final String address;
    private final HtmlPage page;
    private @Nullable Path file;

    private Console(Rest rest) throws IOException {
        address = "http://localhost:" + rest.port() + "/console/";
        browser.setWebConnection(new WebConnectionWrapper(browser) {
            @Override
            public WebResponse getResponse(WebRequest request) throws IOException {
                Path sent = file;
                // this browser would send a file as text
                return sent != null && "application/octet-stream".equals(request.getAdditionalHeader("Content-Type"))
                        ? response(request, rest.upload(request.getUrl().getFile(), sent))
                        : super.getResponse(request);
            }
        });
        browser.getOptions().setFetchPolyfillEnabled(true);
        browser.setAjaxController(new NicelyResynchronizingAjaxController());
        page = browser.getPage(address);
    }

    static Console open(Container container) throws IOException {
        return new Console(container.rest());
    }

    private static WebResponse response(WebRequest request, Rest.Answer answer) {
        WebResponseData data = new WebResponseData(
                answer.body().getBytes(StandardCharsets.UTF_8),
                answer.status(),
                "",
                List.of(new NameValuePair("Content-Type", answer.contentType())));
        return new WebResponse(data, request, 0);
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

    /** Types into what has such a label, key by key, in place of what is there. */
    void type(String label, String text) throws IOException {
        HtmlElement control = labelled(label);
        control.focus();
        if (control instanceof HtmlTextArea area) {
            area.setText("");
        } else {
            ((HtmlInput) control).setValue("");
        }
        control.type(text);
    }

    /** Returns what is written in what has such a label. */
    String written(String label) {
        HtmlElement control = labelled(label);
        return control instanceof HtmlTextArea area ? area.getText() : ((HtmlInput) control).getValue();
    }

    void choose(String label, String option) {
        HtmlSelect select = (HtmlSelect) labelled(label);
        await(label + " offers " + option).atMost(LIMIT).until(() -> select.getOptions().stream()
                .anyMatch(offered -> offered.getValueAttribute().equals(option)));
        select.setSelectedAttribute(select.getOptionByValue(option), true);
    }

    void chooseFile(String label, Path chosen) {
        file = chosen;
        ((HtmlFileInput) labelled(label)).setFiles(chosen.toFile());
    }

    /** Takes a word from the list of completions with the mouse. */
    void take(String word) {
        String path = "//*[@role = 'option'][*[1] = '" + word + "']";
        await("'" + word + "' is offered").atMost(LIMIT).until(() -> page.getFirstByXPath(path) != null);
        ((HtmlElement) page.getFirstByXPath(path)).mouseDown();
    }

    private HtmlElement labelled(String label) {
        String path = "//label[normalize-space() = \"" + label + "\"]";
        await("something is called '" + label + "'").atMost(LIMIT).until(() -> page.getFirstByXPath(path) != null);
        return ((HtmlLabel) page.getFirstByXPath(path)).getLabeledElement();
    }

    /**
     * Lends the browser what it does not have: answers that are read while they come. The console asks as in any browser;
     * the events are those of the server, brought by {@link #bringEvents}.
     */
    void lendStreams() {
        page.executeJavaScript(
                """
                (() => {
                  const plain = window.fetch;
                  window.lent = null;
                  const lend = (url, options) => {
                    const come = [];
                    let asked = null;
                    const next = () => {
                      if (asked && come.length > 0) {
                        asked({done: false, value: new TextEncoder().encode(come.shift())});
                        asked = null;
                      }
                    };
                    window.lent = {url: url, method: options.method, body: options.body || '', bring: text => {
                      come.push(text);
                      next();
                    }};
                    const reader = {cancel: () => undefined, read: () => new Promise(resolve => {
                      asked = resolve;
                      next();
                    })};
                    return Promise.resolve({ok: true, status: 200, body: {getReader: () => reader}});
                  };
                  window.fetch = (url, options) => options.headers.Accept === 'text/event-stream'
                    ? lend(url, options) : plain(url, options);
                })();
                """);
    }

    /** Brings events of the server for what the console asked for last, until the first result is among them. */
    void bringEvents() throws IOException {
        await("the console follows").atMost(LIMIT).until(() -> isTrue("window.lent !== null"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address).resolve(evaluate("window.lent.url")))
                .method(
                        evaluate("window.lent.method"),
                        HttpRequest.BodyPublishers.ofString(evaluate("window.lent.body")))
                .build();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            String line = "";
            while (line != null && !line.startsWith("data:")) {
                line = events.readLine();
            }
            page.executeJavaScript("window.lent.bring(" + JSON.std.asString(line + "\n\n") + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isTrue(String expression) {
        return Boolean.TRUE.equals(page.executeJavaScript(expression).getJavaScriptResult());
    }

    private String evaluate(String expression) {
        return String.valueOf(page.executeJavaScript(expression).getJavaScriptResult());
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
