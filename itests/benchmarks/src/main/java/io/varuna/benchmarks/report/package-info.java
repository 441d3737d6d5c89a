/** From measurements to a page. */
@NullMarked
package io.varuna.benchmarks.report;

import org.jspecify.annotations.NullMarked;
