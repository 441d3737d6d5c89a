/** The management interface over HTTP: plain servlets, one router, access control. */
@NullMarked
package io.varuna.rest;

import org.jspecify.annotations.NullMarked;
