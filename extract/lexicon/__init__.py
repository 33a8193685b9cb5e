"""Data only: names, relations and cues. `actorgraph.extract.gazetteer` reads them."""
