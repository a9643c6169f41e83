"""The door: an address without a language leads to the reader's."""
