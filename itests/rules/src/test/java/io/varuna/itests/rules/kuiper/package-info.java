/** Runs the test cases of eKuiper, given as data, and tells where Varuna differs. */
@NullMarked
package io.varuna.itests.rules.kuiper;

import org.jspecify.annotations.NullMarked;
