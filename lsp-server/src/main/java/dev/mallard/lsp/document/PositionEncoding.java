package dev.mallard.lsp.document;

import java.util.Arrays;
import java.util.List;

/**
 * What the characters of a position count, by the specification of the Language Server Protocol
 * 3.17, {@code PositionEncodingKind}.
 */
public enum PositionEncoding {
  UTF_8("utf-8"),
  UTF_16("utf-16"),
  UTF_32("utf-32");

  private final String label;

  PositionEncoding(String label) {
    this.label = label;
  }

  /** What the protocol calls it. */
  public String label() {
    return label;
  }

  /** The first of those that a client offers that is known; UTF-16 if it offers none. */
  public static PositionEncoding firstOf(List<String> offered) {
    return offered.stream()
        .flatMap(name -> Arrays.stream(values()).filter(encoding -> encoding.label.equals(name)))
        .findFirst()
        .orElse(UTF_16);
  }

  /** How many units a part of a text has. */
  int units(CharSequence text, int start, int end) {
    if (this == UTF_16) {
      return end - start;
    }
    int units = 0;
    for (int i = start; i < end; ) {
      int character = Character.codePointAt(text, i);
      units += units(character);
      i += Character.charCount(character);
    }
    return units;
  }

  /**
   * The place that is so many units behind another, but at most at the end; the start of a
   * character, if the units end within it.
   */
  int advance(CharSequence text, int start, int end, int units) {
    if (this == UTF_16) {
      return (int) Math.min(end, (long) start + units);
    }
    int left = units;
    int place = start;
    while (place < end) {
      int character = Character.codePointAt(text, place);
      left -= units(character);
      if (left < 0) {
        break;
      }
      place += Character.charCount(character);
    }
    return place;
  }

  private int units(int character) {
    if (this == UTF_32) {
      return 1;
    }
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }
}
