package io.varuna.engine.function;

import io.varuna.api.function.FunctionDefinition;

/**
 * A function and where it comes from.
 *
 * @param implementation of the interface that belongs to the definition's kind
 * @param number the order of registration
 */
public record ProvidedFunction(
        FunctionDefinition definition, Object implementation, String plugin, String version, long number) {}
