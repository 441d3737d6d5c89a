/** Rules: their documents, their life, and what they wait for. */
@NullMarked
package io.varuna.runtime.rule;

import org.jspecify.annotations.NullMarked;
