"""The impact assessment (RGPD art. 35 and 36) and the data protection officer (art. 37 to 39).

All is pure: answers, decisions and time are arguments. `screening.screen` says which entries of the register
call for an assessment, `officer.officer` whether an officer is needed, `assessment.Assessment` is the guided
assessment of one entry.
"""
