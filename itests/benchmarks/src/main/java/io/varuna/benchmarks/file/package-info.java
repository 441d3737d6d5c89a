/** From a file to a file. */
@NullMarked
package io.varuna.benchmarks.file;

import org.jspecify.annotations.NullMarked;
