/**
 * Expressions over whole columns. They do what is frequent in loops over primitive values, and leave each row that they do
 * not decide, such as one whose evaluation fails, to the evaluators of rows, which say what is right.
 */
@NullMarked
package io.varuna.engine.vector;

import org.jspecify.annotations.NullMarked;
