package dev.titanic.schemas.edge;

/**
 * The one element type of the job's edges: a message on its way.
 *
 * <p>A message whose tensor is larger than a frame travels as several packets, each the same
 * message over the next bytes of the tensor.
 */
public record Packet(Address from, Address to, Message message) {}
