/** The distribution in a process of its own, as a user has it: how soon it works, and what it takes. */
@NullMarked
package io.varuna.benchmarks.distribution;

import org.jspecify.annotations.NullMarked;
