/** Golden pages and the cases of the peer, run by compiler and engine on virtual time. */
@NullMarked
package io.varuna.itests.rules;

import org.jspecify.annotations.NullMarked;
