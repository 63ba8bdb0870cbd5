"""Writing records in the forms of the field: one module a format, and what each format cannot hold.

Every format is written record by record, and each record is read back at once with the reader of the
format: what does not come back is a finding. So nothing is left out in silence, whatever a format holds.
"""
