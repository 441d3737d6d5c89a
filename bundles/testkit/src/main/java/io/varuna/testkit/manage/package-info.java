/** What manages plugins, in memory: for tests of what shows it to users. */
@NullMarked
package io.varuna.testkit.manage;

import org.jspecify.annotations.NullMarked;
