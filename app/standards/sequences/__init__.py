"""Sequence listings: ST.26, ST.25, US sequence XML and the flat files of the data banks."""
