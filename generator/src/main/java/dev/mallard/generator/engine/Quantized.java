package dev.mallard.generator.engine;

/**
 * Weights in fewer bits.
 *
 * @param weights row by row
 * @param scales what they are to be multiplied with, in bfloat16
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Quantized(byte[] weights, short[] scales) {}
