"""What is said in an interview: captions line by line, their translations, the transcript."""
