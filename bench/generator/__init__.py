"""The seeded intake file of the bench."""
