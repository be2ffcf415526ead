package dev.titanic.nn.partition;

/**
 * What a partition costs the client that hosts it.
 *
 * @param parameters number of weights' elements
 * @param trainable how many of them are trained
 * @param flops multiplications and additions of one micro-batch, forward and backward; in a stage,
 *     of one micro-batch of every owner that trains at the same time
 */
public record PartitionCost(long parameters, long trainable, Memory memory, double flops) {}
