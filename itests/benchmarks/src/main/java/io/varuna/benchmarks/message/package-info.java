/** The messages that everything is measured with. */
@NullMarked
package io.varuna.benchmarks.message;

import org.jspecify.annotations.NullMarked;
