"""What all families share: a draft record, forms of numbers and dates, symbols, parties, kinds of mark."""
