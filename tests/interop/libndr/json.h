/* Prints what libndr has read as the event of qmforge's JSON form. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stdio.h>

#include "ndr_qm_failure.h"

/* The event alone. `is_revision1` says whether the members that revision 1 appends are there. failureErrorName, which
 * is not part of the structure, is left out. */
void print_event(FILE* out, const struct qm_failure1* event, bool is_revision1);

/* A JSON string of ASCII text. */
void print_text(FILE* out, const char* text);

#endif
