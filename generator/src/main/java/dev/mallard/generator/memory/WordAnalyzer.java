package dev.mallard.generator.memory;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * The words of prose and programs. An identifier counts as itself and as its parts: {@code
 * parseHttpUrl2} is also parse, http, url and 2. Letters are made small, and English plurals
 * singular.
 */
final class WordAnalyzer extends Analyzer {
  private static final int PARTS =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
          | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS
          | WordDelimiterGraphFilter.PRESERVE_ORIGINAL;

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    // Cuts words that are longer than 255 characters.
    Tokenizer words = new StandardTokenizer();
    TokenStream parts = new WordDelimiterGraphFilter(words, PARTS, null);
    TokenStream flat = new FlattenGraphFilter(parts);
    return new TokenStreamComponents(
        words, new EnglishMinimalStemFilter(new LowerCaseFilter(flat)));
  }
}
