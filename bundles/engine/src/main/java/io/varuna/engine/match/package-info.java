/** MATCH_RECOGNIZE: sequences of rows that match a pattern. */
@NullMarked
package io.varuna.engine.match;

import org.jspecify.annotations.NullMarked;
