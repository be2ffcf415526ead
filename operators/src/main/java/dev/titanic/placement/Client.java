package dev.titanic.placement;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A client as the configuration describes it; null is not known.
 *
 * @param memoryBytes that it may give to partitions, whatever it says itself
 * @param flops operations per second, until it says so itself
 * @param bytesPerSecond of its link, until it says so itself
 * @param keepsRoom whether it needs room for a first partition even while another owner's is the
 *     one that counts: in its turn, or all the time where owners train at once
 */
public record Client(
    String id,
    @Nullable Long memoryBytes,
    @Nullable Double flops,
    @Nullable Double bytesPerSecond,
    boolean keepsRoom)
    implements Serializable {}
