"""The law at work: a law pack, a case and a day in; days, events, findings out. No disk, no clock."""
