"""Pages of the indicators floor: the Sozialindex: defining, comparing, naming areas of need."""
