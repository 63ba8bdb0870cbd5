"""What the standards say about a record that was read: numbers, kinds, days, classes, codes, missing data.

A rule is a function of a record that gives findings; `where` is the field. False alarms are worse than
silence: a rule that cannot be sure says nothing, and what it says is at most a warning, for the office that
printed a document knows better than a table.
"""
