"""What Rasa lacks for French: the importer, reading answers and dates, and the patient-data guard."""
