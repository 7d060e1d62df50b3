// Filters that real Windows machines wrote to their registries, in NDR20 with its header. They hold no Quick Mode
// failures, but values of the types of a failure's subnets.
//
// The project may not publish the file. The environment variable QMFORGE_BFE_REGISTRY names it; the default is in
// ../shared/vectors/ beside the project.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "reference/event_from_tree.h"
#include "reference/ndr_reader.h"
#include "reference/qm_failure_types.h"
#include "support/labelled_bytes.h"
#include "vectors/bfe_reader.h"
#include "vectors/bfe_types.h"

namespace qmforge::testing {
namespace {

std::string registry_path() {
  const char* const chosen = std::getenv("QMFORGE_BFE_REGISTRY");
  return chosen != nullptr ? chosen : QMFORGE_BFE_REGISTRY_DEFAULT;
}

bool is_boot(const LabelledBytes& pickle) { return pickle.label.starts_with("boot:"); }

class BfeRegistry : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(registry_path()))
      GTEST_SKIP() << "the filters of real Windows machines (bfe-registry.txt) are not on this machine: set "
                      "QMFORGE_BFE_REGISTRY to the file";
    pickles_ = read_labelled_bytes(registry_path());
    ASSERT_EQ(pickles_.size(), 244u);
  }

  std::vector<LabelledBytes> pickles_;
};

/// How many values of each type there are.
using Counts = std::map<DataType, std::size_t>;

void print(const char* title, const Counts& counts) {
  std::cout << title << "\n";
  for (const auto& [type, count] : counts) std::cout << "  " << c_name(type) << " " << count << "\n";
}

/// The values in a tree that was read by a table, in wire order.
void collect(const reference::Node& node, reference::Heap& heap, BfeValues& found) {
  if (node.type == &reference::condition_value) {
    found.conditions.push_back(reference::condition_value_from_tree(node, heap));
    return;  // the bounds of a range are part of it
  }
  if (node.type == &reference::value) {
    found.values.push_back(reference::value_from_tree(node, heap));
    return;
  }
  for (const reference::Node& child : node.children) collect(child, heap, found);
}

TEST_F(BfeRegistry, IsReadToItsLastByte) {
  Counts conditions;
  Counts values;
  for (const LabelledBytes& pickle : pickles_) {
    const auto read = BfeReader::read(pickle.bytes, is_boot(pickle));
    ASSERT_TRUE(read.has_value()) << pickle.label << ": " << to_string(read.error().code) << " at "
                                  << read.error().offset;
    EXPECT_LT(read->left, 8u) << pickle.label;
    for (const ConditionValue& value : read->conditions) {
      ++conditions[value.type];
      if (value.type != DataType::range || value.is_null) continue;
      ++values[value.rangeValue.valueLow.type];
      ++values[value.rangeValue.valueHigh.type];
    }
    for (const Value& value : read->values) ++values[value.type];
  }
  std::cout << pickles_.size() << " pickles read\n";
  print("FWP_CONDITION_VALUE0 by type:", conditions);
  print("FWP_VALUE0 by type, those in ranges included:", values);
}

TEST_F(BfeRegistry, GivesTheSameValuesInBothDecoders) {
  for (const LabelledBytes& pickle : pickles_) {
    const auto library = BfeReader::read(pickle.bytes, is_boot(pickle));
    ASSERT_TRUE(library.has_value()) << pickle.label;

    reference::Heap heap;
    const auto object = reference::read_serialization_header(pickle.bytes);
    ASSERT_TRUE(object.has_value()) << pickle.label;
    const reference::Type& type =
        is_boot(pickle) ? reference::bfe_boot_filter_pointer : reference::bfe_fwpm_filter_pointer;
    const auto tree = reference::read_ndr(type, pickle.bytes, *object, heap);
    ASSERT_TRUE(tree.has_value()) << pickle.label << ": " << to_string(tree.error().code) << " at "
                                  << tree.error().offset;

    BfeValues expected;
    collect(*tree, heap, expected);
    EXPECT_TRUE(std::ranges::equal(library->values, expected.values)) << pickle.label;
    EXPECT_TRUE(std::ranges::equal(library->conditions, expected.conditions)) << pickle.label;
  }
}

}  // namespace
}  // namespace qmforge::testing
