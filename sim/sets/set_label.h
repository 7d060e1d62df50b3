// The label of an input of a set.
#pragma once

#include <string>

#include "qmforge/sim/labelled.h"

namespace qmforge::sim {

/// Sets the members that do not depend on the fault: label_faulted() for an input that has the others.
void label_malformed(const EncodeOptions& options, Revision revision, LabelledInput& out);

/// Appends label_suffix().
void append_label_suffix(std::string& label, const LabelledInput& labelled);

}  // namespace qmforge::sim
