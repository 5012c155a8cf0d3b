package dev.mallard.generator.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** How the weights of a tensor are stored: ggml's types that Mallard decodes. */
@SuppressWarnings("ImmutableEnumChecker") // The decoders are functions without state.
enum TensorType {
  F32(0, 1, 4, FloatFormats::float32),
  F16(1, 1, 2, FloatFormats::float16),
  Q4_0(2, 32, 18, SimpleQuants::q4Zero),
  Q4_1(3, 32, 20, SimpleQuants::q4One),
  Q5_0(6, 32, 22, SimpleQuants::q5Zero),
  Q5_1(7, 32, 24, SimpleQuants::q5One),
  Q8_0(8, 32, 34, SimpleQuants::q8Zero),
  Q2_K(10, 256, 84, KQuants::q2),
  Q3_K(11, 256, 110, KQuants::q3),
  Q4_K(12, 256, 144, KQuants::q4),
  Q5_K(13, 256, 176, KQuants::q5),
  Q6_K(14, 256, 210, KQuants::q6),
  IQ2_XXS(16, 256, 66, IQuants::iq2ExtraExtraSmall),
  IQ2_XS(17, 256, 74, IQuants::iq2ExtraSmall),
  IQ3_XXS(18, 256, 98, IQuants::iq3ExtraExtraSmall),
  IQ4_NL(20, 32, 18, IQuants::iq4NonLinear),
  IQ3_S(21, 256, 110, IQuants::iq3Small),
  IQ2_S(22, 256, 82, IQuants::iq2Small),
  IQ4_XS(23, 256, 136, IQuants::iq4ExtraSmall),
  F64(28, 1, 8, FloatFormats::float64),
  BF16(30, 1, 2, FloatFormats::bfloat16);

  private final int id;
  private final int blockWeights;
  private final int blockBytes;
  private final BlockDecoder decoder;

  TensorType(int id, int blockWeights, int blockBytes, BlockDecoder decoder) {
    this.id = id;
    this.blockWeights = blockWeights;
    this.blockBytes = blockBytes;
    this.decoder = decoder;
  }

  /** The type with a number of GGUF; empty where Mallard does not decode it. */
  static Optional<TensorType> withId(int id) {
    return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
  }

  /** What ggml calls a type, known to Mallard or not. */
  static String nameOf(int id) {
    return switch (id) {
      case 9 -> "Q8_1";
      case 15 -> "Q8_K";
      case 19 -> "IQ1_S";
      case 24 -> "I8";
      case 25 -> "I16";
      case 26 -> "I32";
      case 27 -> "I64";
      case 29 -> "IQ1_M";
      case 34 -> "TQ1_0";
      case 35 -> "TQ2_0";
      case 39 -> "MXFP4";
      default -> withId(id).map(Enum::name).orElse("number " + Integer.toUnsignedString(id));
    };
  }

  /** Weights of a block; rows are whole blocks. */
  int blockWeights() {
    return blockWeights;
  }

  /** Stored size of a block. */
  int blockBytes() {
    return blockBytes;
  }

  /** Stored size of a row of weights, a multiple of {@link #blockWeights()}. */
  long bytes(long weights) {
    return weights / blockWeights * blockBytes;
  }

  BlockDecoder decoder() {
    return decoder;
  }
}
