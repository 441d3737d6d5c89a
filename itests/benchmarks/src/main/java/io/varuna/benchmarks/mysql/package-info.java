/** Rows into a database on the same machine. */
@NullMarked
package io.varuna.benchmarks.mysql;

import org.jspecify.annotations.NullMarked;
