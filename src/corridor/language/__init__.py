"""Language: what is said in seven languages: words, language, meaning, and one index for everything."""
