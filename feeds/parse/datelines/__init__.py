"""Datelines: "MINSK, 25. Juni (BelTA) –" in front of a report's first sentence.

places      what can be a place
dateline    the forms of a dateline, and what one says
opening     which of a text's first lines has one, and what is one there without a day or an agency
year        the year of its day, which the stamp tells
"""
