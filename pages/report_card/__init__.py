"""The parts of the Rule report card: the rules with their figures and switches, and the clinic's own chances."""
