package io.varuna.rest;

/** Answers the requests of one route. Thread-safe; a {@code VarunaException} becomes an error answer. */
@FunctionalInterface
interface Handler {
    void handle(Exchange exchange) throws Exception;
}
