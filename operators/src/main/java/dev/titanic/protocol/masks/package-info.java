/**
 * Masks on what owners give to a sum, so that the server sees the sum and nothing else: pairwise
 * masking after Bonawitz et al., Practical Secure Aggregation for Privacy-Preserving Machine
 * Learning (CCS 2017), without its recovery of dropped-out owners. Pure code, nothing but the JDK's
 * cryptography.
 */
@NullMarked
package dev.titanic.protocol.masks;

import org.jspecify.annotations.NullMarked;
