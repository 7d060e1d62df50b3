// The last step: builds an event from a tree of FWPM_NET_EVENT_IKEEXT_QM_FAILURE0/1.
#pragma once

#include "qmforge/event.h"
#include "reference/node.h"

namespace qmforge::reference {

/// An event's value; its views point into `heap`, in host layout.
Event event_from_tree(const Node& root, Revision revision, Heap& heap);
/// The value of an FWP_CONDITION_VALUE0, and of an FWP_VALUE0.
ConditionValue condition_value_from_tree(const Node& node, Heap& heap);
Value value_from_tree(const Node& node, Heap& heap);

}  // namespace qmforge::reference
