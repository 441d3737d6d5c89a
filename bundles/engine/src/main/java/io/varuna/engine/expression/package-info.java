/** Expressions, compiled to objects that are asked for values. */
@NullMarked
package io.varuna.engine.expression;

import org.jspecify.annotations.NullMarked;
