// Faults of NDR pointers: one that is not NULL with nothing behind it, and one that is NULL with something left over.
#include "mechanism.h"

namespace qmforge::sim {
namespace {

/// The first datum of what a pointer leads to.
struct Beginning {
  std::uint64_t alignment;
  std::uint64_t size;
  FieldPath field;
};

Beginning beginning(const FieldPath& pointer, std::uint64_t word) {
  switch (pointer.step(pointer.depth() - 1)) {
    case Step::uint64:
    case Step::int64:
    case Step::double64: return {8, 8, pointer};
    case Step::byteArray16: return {1, 16, pointer};
    case Step::byteArray6: return {1, 6, pointer};
    case Step::bitmapArray64: return {1, 8, pointer};
    case Step::byteBlob:
    case Step::sd:
    case Step::tokenAccessInformation: return {word, 4, pointer / Step::size};
    case Step::tokenInformation: return {word, 4, pointer / Step::sidCount};
    case Step::v4AddrMask: return {4, 4, pointer / Step::addr};
    case Step::v6AddrMask: return {1, 16, pointer / Step::addr};
    case Step::rangeValue: return {word, 4, pointer / Step::valueLow / Step::type};
    case Step::sid: return {word, word, pointer / Step::subAuthority};
    default: return {word, word, pointer};  // max_count of a string or an array
  }
}

/// The pointer whose pointee holds a datum, if one does: the innermost.
std::optional<std::uint32_t> above(const EncodedMessage& message, std::uint32_t datum) {
  std::optional<std::uint32_t> innermost;
  for_each_datum(message, DatumKind::pointer, [&](std::uint32_t i, const Datum& pointer) {
    if (pointer.partner != Datum::none && pointer.partner <= datum && datum < pointer.partner_end) innermost = i;
  });
  return innermost;
}

/// One past the last datum of the object: up to here pointees reach.
std::uint32_t data_end(const EncodedMessage& message) {
  const std::vector<Datum>& data = message.map.data;
  auto end = static_cast<std::uint32_t>(data.size());
  while (data[end - 1].kind == DatumKind::bodyPadding) --end;
  return end;
}

/// Whether what a NULL pointer would lead to would stand at the object's end: its own surroundings end there, and no
/// pointer after it in them leads to anything.
bool would_be_last(const EncodedMessage& message, std::uint32_t pointer) {
  const std::vector<Datum>& data = message.map.data;
  const std::optional<std::uint32_t> around = above(message, pointer);
  if (around && data[*around].partner_end != data_end(message)) return false;
  for (std::uint32_t i = pointer + 1; i < data.size(); ++i)
    if (data[i].kind == DatumKind::pointer && data[i].partner != Datum::none && above(message, i) == around)
      return false;
  return true;
}

Plan without_pointee(const EncodedMessage& message, const Site& site) {
  const Datum& pointer = message.map.data[site.datum];
  const Beginning first = beginning(pointer.field, word_size(message.options.format));
  const std::uint64_t end = message.map.object_end - message.map.body_begin;
  const std::uint64_t at = message.map.body_begin + (end + first.alignment - 1) / first.alignment * first.alignment;
  Plan plan{{overwrite(message, pointer, site.value)}, {}, {}};
  if (at + first.size > message.bytes.size())
    plan.outcome = Outcome{{ErrorCode::truncated, first.field, at}, at_end(message)};
  return plan;
}

Plan with_pointee_left(const EncodedMessage& message, const Site& site) {
  const std::vector<Datum>& data = message.map.data;
  const Datum& pointer = data[site.datum];
  Plan plan{{overwrite(message, pointer, 0)}, {}, {}};
  std::uint64_t end = 0;
  for (std::uint32_t i = 0; i < pointer.partner; ++i)
    if (is_required(data[i].kind)) end = data[i].end();
  if (message.bytes.size() - end >= 8) plan.outcome = Outcome{{ErrorCode::trailingBytes, {}, end}, at_end(message)};
  return plan;
}

}  // namespace

const Mechanism pointee_missing = {Pairing::alone,
                                   [](const EncodedMessage& message, Sites& sites) {
                                     for_each_datum(message, DatumKind::pointer,
                                                    [&](std::uint32_t i, const Datum& pointer) {
                                                      if (pointer.partner != Datum::none || !would_be_last(message, i))
                                                        return;
                                                      if (!without_pointee(message, {i, 1}).outcome)
                                                        return;  // what pads the object would be read instead
                                                      sites.add_numbers(i, {1, 0x00020000, 0x80000000, 0xffffffff});
                                                      if (pointer.size == 8)
                                                        sites.add_numbers(i, {1ULL << 32, 1ULL << 63});
                                                    });
                                   },
                                   without_pointee};

const Mechanism pointee_left_over = {
    Pairing::alone,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::pointer, [&](std::uint32_t i, const Datum& pointer) {
        if (pointer.partner != Datum::none && pointer.partner_end == data_end(message) &&
            with_pointee_left(message, {i, 0}).outcome)
          sites.add(i, 0);
      });
    },
    with_pointee_left};

}  // namespace qmforge::sim
