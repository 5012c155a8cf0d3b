package dev.mallard.generator.checkpoint;

import dev.mallard.generator.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of a zip file whose entries are stored uncompressed, so that each lies in the file
 * as it is; with the zip64 fields of files over 4 GiB.
 *
 * <p>Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3.
 *
 * @param directory the central directory's bytes; they hold the checksum of every entry
 */
record StoredZip(Map<String, Entry> entries, Bytes directory) {
  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int END_BYTES = 22;
  private static final int END64_BYTES = 56;
  private static final int LOCATOR64_BYTES = 20;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int ZIP64_FIELD = 1;
  private static final int ENCRYPTED = 1;
  private static final int MAXIMUM_COMMENT = 0xFFFF;
  private static final int MAXIMUM_DIRECTORY = 1 << 26;
  private static final int MAXIMUM_ENTRIES = 1 << 19;

  /** Where the content of an entry lies in the file, which holds all of it. */
  record Entry(long offset, long size) {}

  /** Where the central directory lies. */
  private record Span(long offset, long size, long entries) {}

  /** Little-endian numbers out of the file. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Bytes(byte[] array) {
    int unsignedShort(int at) {
      return BlockDecoder.unsignedShort(array, at);
    }

    int integer(int at) {
      return BlockDecoder.integer(array, at);
    }

    long unsignedInt(int at) {
      return Integer.toUnsignedLong(integer(at));
    }

    long longInteger(int at) {
      return (long) integer(at + 4) << 32 | unsignedInt(at);
    }

    int size() {
      return array.length;
    }
  }

  /** Whether a file begins as a zip file does. */
  static boolean isZip(MappedFile file) {
    return file.size() >= END_BYTES && read(file, 0, 4).integer(0) == LOCAL;
  }

  /**
   * Reads the directory and finds the content of every entry.
   *
   * @throws UserException if it is cut short, makes no sense, or entries are compressed
   */
  static StoredZip read(MappedFile file) {
    Span span = span(file);
    if (span.size() > MAXIMUM_DIRECTORY || span.entries() > MAXIMUM_ENTRIES) {
      throw corrupt(file, "its directory is too large");
    }
    if (span.offset() < 0 || span.size() < 0 || span.offset() > file.size() - span.size()) {
      throw corrupt(file, "its directory lies outside of it");
    }
    Bytes directory = read(file, span.offset(), (int) span.size());
    Map<String, Entry> entries = new HashMap<>();
    int at = 0;
    for (long i = 0; i < span.entries(); i++) {
      at += entry(file, directory, at, entries);
    }
    return new StoredZip(entries, directory);
  }

  private static Span span(MappedFile file) {
    int tailBytes = (int) Math.min(file.size(), MAXIMUM_COMMENT + END_BYTES);
    Bytes tail = read(file, file.size() - tailBytes, tailBytes);
    int at = tailBytes - END_BYTES;
    while (at >= 0
        && (tail.integer(at) != END || at + END_BYTES + tail.unsignedShort(at + 20) != tailBytes)) {
      at--;
    }
    if (at < 0) {
      throw corrupt(file, "its end is missing");
    }
    long locator = file.size() - tailBytes + at - LOCATOR64_BYTES;
    if (locator >= 0) {
      Bytes pointer = read(file, locator, LOCATOR64_BYTES);
      if (pointer.integer(0) == LOCATOR64) {
        return span64(file, pointer.longInteger(8));
      }
    }
    return new Span(
        tail.unsignedInt(at + 16), tail.unsignedInt(at + 12), tail.unsignedShort(at + 10));
  }

  private static Span span64(MappedFile file, long at) {
    if (at < 0 || at > file.size() - END64_BYTES) {
      throw corrupt(file, "its directory lies outside of it");
    }
    Bytes end = read(file, at, END64_BYTES);
    if (end.integer(0) != END64 || end.longInteger(32) < 0) {
      throw corrupt(file, "its end is malformed");
    }
    return new Span(end.longInteger(48), end.longInteger(40), end.longInteger(32));
  }

  /** Reads an entry of the directory, and returns how long its description is. */
  private static int entry(MappedFile file, Bytes directory, int at, Map<String, Entry> entries) {
    if (at > directory.size() - CENTRAL_BYTES || directory.integer(at) != CENTRAL) {
      throw corrupt(file, "its directory is malformed");
    }
    int nameBytes = directory.unsignedShort(at + 28);
    int extraBytes = directory.unsignedShort(at + 30);
    int length = CENTRAL_BYTES + nameBytes + extraBytes + directory.unsignedShort(at + 32);
    if (length > directory.size() - at) {
      throw corrupt(file, "its directory is malformed");
    }
    String name =
        new String(directory.array(), at + CENTRAL_BYTES, nameBytes, StandardCharsets.UTF_8);
    if (directory.unsignedShort(at + 10) != 0
        || (directory.unsignedShort(at + 8) & ENCRYPTED) != 0) {
      throw new UserException(
          "The PyTorch file %s has the compressed or encrypted entry %s, which torch.save never"
                  .formatted(file.path(), GgufHeader.quoted(name))
              + " writes; save it again with torch.save.");
    }
    long[] sizes = {
      directory.unsignedInt(at + 24), directory.unsignedInt(at + 20), directory.unsignedInt(at + 42)
    };
    int extra = at + CENTRAL_BYTES + nameBytes;
    readZip64(file, directory, extra, extra + extraBytes, sizes);
    if (sizes[0] != sizes[1]) {
      throw corrupt(file, "the size of its entry " + GgufHeader.quoted(name) + " is absurd");
    }
    if (entries.put(name, locate(file, name, sizes[2], sizes[0])) != null) {
      throw corrupt(file, "it has the entry " + GgufHeader.quoted(name) + " twice");
    }
    return length;
  }

  /** Replaces the sizes that do not fit into 32 bits by those of the zip64 field. */
  private static void readZip64(MappedFile file, Bytes directory, int from, int end, long[] sizes) {
    if (Arrays.stream(sizes).noneMatch(size -> size == 0xFFFFFFFFL)) {
      return;
    }
    int at = from;
    while (at + 4 <= end && directory.unsignedShort(at) != ZIP64_FIELD) {
      at += 4 + directory.unsignedShort(at + 2);
    }
    int fieldEnd = at + 4 <= end ? at + 4 + directory.unsignedShort(at + 2) : at;
    at += 4;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0xFFFFFFFFL) {
        if (fieldEnd > end || at + Long.BYTES > fieldEnd) {
          throw corrupt(file, "it lacks the sizes of a large entry");
        }
        sizes[i] = directory.longInteger(at);
        at += Long.BYTES;
      }
    }
  }

  /** The content follows a second description, whose length may differ from the directory's. */
  private static Entry locate(MappedFile file, String name, long header, long size) {
    if (header >= 0 && header <= file.size() - LOCAL_BYTES) {
      Bytes local = read(file, header, LOCAL_BYTES);
      long offset = header + LOCAL_BYTES + local.unsignedShort(26) + local.unsignedShort(28);
      if (local.integer(0) == LOCAL && size >= 0 && offset <= file.size() - size) {
        return new Entry(offset, size);
      }
    }
    throw corrupt(file, "its entry " + GgufHeader.quoted(name) + " lies outside of it");
  }

  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  private static Bytes read(MappedFile file, long offset, int count) {
    byte[] bytes = new byte[count];
    file.read(offset, bytes, count);
    return new Bytes(bytes);
  }

  private static UserException corrupt(MappedFile file, String what) {
    return new UserException(
        "The PyTorch file %s is cut short or corrupt: %s; download it again."
            .formatted(file.path(), what));
  }
}
