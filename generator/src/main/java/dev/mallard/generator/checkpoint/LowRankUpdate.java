package dev.mallard.generator.checkpoint;

/**
 * What a LoRA adapter adds to one matrix of its base model: {@code scale * b * a} (Hu et al., arXiv
 * 2106.09685).
 *
 * @param rank rows of {@code a} and columns of {@code b}
 * @param inputs columns of the base model's matrix
 * @param outputs rows of the base model's matrix
 * @param a {@code [rank, inputs]}, row by row
 * @param b {@code [outputs, rank]}, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LowRankUpdate(
    int rank, double scale, int inputs, int outputs, float[] a, float[] b) {}
