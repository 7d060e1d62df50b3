// Views meet the standard library's requirements for ranges, iterators and spans.
#include "qmforge/views.h"

#include <gtest/gtest.h>

#include <array>
#include <iterator>
#include <span>
#include <vector>

namespace qmforge {
namespace {

static_assert(std::forward_iterator<Utf16View::Iterator>);
static_assert(std::input_iterator<SidAndAttributesView::Iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, SidAndAttributesView::Iterator>);

TEST(ByteBlobBytes, AreEmptyIfThePointerIsNull) {
  constexpr std::array bytes = {std::byte{1}, std::byte{2}, std::byte{3}};
  const ByteBlob blob{2, bytes.data()};
  EXPECT_EQ(blob.bytes().data(), bytes.data());
  EXPECT_EQ(blob.bytes().size(), 2U);
  // Beside a NULL pointer, the size may be any number.
  EXPECT_TRUE((ByteBlob{7, nullptr}).bytes().empty());
}

TEST(SidArrayIterator, ReadsEachElementOnceInOrder) {
  const std::array<SidAndAttributes, 3> elements = {{{.sid = std::nullopt, .attributes = 1},
                                                     {.sid = Sid{}, .attributes = 2},
                                                     {.sid = std::nullopt, .attributes = 3}}};
  const SidAndAttributesView view(elements);
  auto next = view.begin();
  EXPECT_EQ(next->attributes, 1U);
  next++;
  EXPECT_EQ(*next, elements[1]);
  EXPECT_EQ((++next)->attributes, 3U);
  EXPECT_NE(next, view.end());
  next++;
  EXPECT_EQ(next, view.end());
}

TEST(IntegerIterator, StepsBeforeAndAfterItIsRead) {
  constexpr std::array units = {u'a', u'b', u'c'};
  const Utf16View view(units);
  auto next = view.begin();
  EXPECT_EQ(*next++, u'a');
  EXPECT_EQ(*next, u'b');
  EXPECT_EQ(*++next, u'c');
  EXPECT_EQ(std::vector<char16_t>(view.begin(), view.end()), std::vector<char16_t>(units.begin(), units.end()));
}

}  // namespace
}  // namespace qmforge
