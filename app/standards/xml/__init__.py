"""XML read hardened: the prolog, entities, cutting a stream into records, texts of elements."""
