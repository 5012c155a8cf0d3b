package dev.mallard.generator.memory;

import dev.mallard.generator.UserException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;

/** What went wrong with a store, in a sentence for the user. */
final class StoreFailure {
  private StoreFailure() {}

  /**
   * A failure as the user is told of it.
   *
   * @param place what the store is called
   */
  static UserException of(String place, Exception failure) {
    String sentence =
        switch (failure) {
          case IndexFormatTooNewException _ -> newer(place);
          case IndexFormatTooOldException _ -> foreign(place);
          // Lucene's, where a file names a format that it does not have.
          case IllegalArgumentException _ -> foreign(place);
          case CorruptIndexException _ -> damaged(place);
          case EOFException _ -> damaged(place);
          case NoSuchFileException _ -> damaged(place);
          case FileNotFoundException _ -> damaged(place);
          case LockObtainFailedException _ ->
              "Another Mallard is writing to the memory in %s: try again when it is done."
                  .formatted(place);
          case AccessDeniedException _ -> notAllowed(place);
          default ->
              "The memory in %s cannot be used: %s."
                  .formatted(place, String.valueOf(failure.getMessage()));
        };
    return new UserException(sentence, failure);
  }

  static String newer(String place) {
    return "The memory in %s was written by a newer Mallard: update Mallard, or name another folder."
        .formatted(place);
  }

  private static String foreign(String place) {
    return "The memory in %s was written by another version of Mallard and cannot be read by this one: use that version, or name another folder."
        .formatted(place);
  }

  private static String damaged(String place) {
    return "The memory in %s is damaged: move the folder away, and Mallard begins a new one."
        .formatted(place);
  }

  static String notAllowed(String place) {
    return "The folder %s may not be written to: change its permissions, or name another folder for the memory."
        .formatted(place);
  }

  static String noStore(String place) {
    return "The folder %s holds other things than Mallard's memory: name another, or an empty one."
        .formatted(place);
  }
}
