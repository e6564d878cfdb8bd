"""Pure functions from answers and knowledge to what follows from them; time is an argument."""
