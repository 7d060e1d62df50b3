// Compiled, but in no program.
int unlinked() { return 1; }
