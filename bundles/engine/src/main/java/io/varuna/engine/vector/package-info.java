/**
 * Expressions over whole columns. They do what is frequent in loops over primitive values, and leave each row that they do
 * not decide, such as one whose evaluation fails, to the evaluators of rows, which say what is right. Where the values of all
 * rows are of one kind, they are packed into lanes, {@link io.varuna.engine.vector.Lane}, whose loops need not look at tags.
 */
@NullMarked
package io.varuna.engine.vector;

import org.jspecify.annotations.NullMarked;
