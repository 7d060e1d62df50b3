// Nearly all memory images: transport, and a tunnel between two address masks that are not NULL. native_reader.h reads
// all others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "common_layouts.h"
#include "failure.h"
#include "members.h"
#include "native_reader.h"
#include "qmforge/decode_options.h"
#include "qmforge/event.h"

namespace qmforge::detail {

/// Reads any image.
template <class Address>
QMFORGE_NOINLINE void read_any_image(Outcome& outcome, std::span<const std::byte> input,
                                     const DecodeOptions& options) noexcept {
  const NativeReader<Address> reader(input.data(), input.size(), options.image_base, outcome);
  reader.event(*outcome, options.revision);
}

/// `Address`: the type of a pointer in the image, std::uint64_t or std::uint32_t. Every call is the last of its
/// function, so that no register needs to be saved.
template <class Address, Revision revision>
class CommonImageReader {
  using Native = NativeReader<Address>;

 public:
  /// Reads any image; common ones, and the errors in these, without read_any_image().
  QMFORGE_INLINE static void read(Outcome& outcome, std::span<const std::byte> input,
                                  const DecodeOptions& options) noexcept {
    constexpr std::size_t structure_size = revision == Revision::r0 ? Native::revision0_size : Native::revision1_size;
    if (!uses_common_layouts || input.size() < structure_size) [[unlikely]]
      return read_any_image<Address>(outcome, input, options);
    // Otherwise each address minus the base is an offset, which is beyond the image for NULL and for an address below
    // the base. Not so if the image begins at address 0 or reaches past the last address.
    if (options.image_base - 1 > ~std::uint64_t{input.size()}) [[unlikely]]
      return read_any_image<Address>(outcome, input, options);
    Event& out = *outcome;
    const auto traffic_type = TrafficType{load<std::uint32_t>(input.data() + traffic_type_at)};
    if (traffic_type == TrafficType::tunnel) return read_masks(outcome, input, options);
    if (traffic_type != TrafficType::transport) [[unlikely]]
      return record(outcome, ErrorCode::unionTagUnknown, Step::saTrafficType, traffic_type_at);
    set_type(out.localSubNet, DataType::empty);
    set_type(out.remoteSubNet, DataType::empty);
    read_structure(out, input.data(), TrafficType::transport);
  }

 private:
  static constexpr std::size_t v4_size = 8;
  static constexpr std::size_t v6_size = 17;

  QMFORGE_INLINE static DataType type_at(std::span<const std::byte> input, std::size_t at) noexcept {
    return DataType{load<std::uint32_t>(input.data() + at)};
  }
  QMFORGE_INLINE static std::uint64_t address_at(std::span<const std::byte> input, std::size_t at) noexcept {
    return load<Address>(input.data() + at + Native::address_size);
  }

  /// The members other than the subnets.
  QMFORGE_INLINE static void read_structure(Event& out, const std::byte* image, TrafficType traffic_type) noexcept {
    read_scalars<std::endian::little>(out, image, traffic_type, revision);
    out.qmFilterId = load<std::uint64_t>(image + Native::filter_id_at);
    if constexpr (revision == Revision::r1) {
      out.mmSaLuid = load<std::uint64_t>(image + Native::revision0_size);
      read_guid<std::endian::little>(out.mmProviderContextKey, image + Native::revision0_size + 8);
    }
  }

  QMFORGE_INLINE static void read_masks(Outcome& outcome, std::span<const std::byte> input,
                                        const DecodeOptions& options) noexcept {
    read_mask<Native::local_at>(outcome, input, options, [&] {
      read_mask<Native::remote_at>(outcome, input, options,
                                   [&] { read_structure(*outcome, input.data(), TrafficType::tunnel); });
    });
  }

  /// Reads the mask that the FWP_CONDITION_VALUE0 at offset `at` points to, then calls `then`.
  template <std::size_t at, class Then>
  QMFORGE_INLINE static void read_mask(Outcome& outcome, std::span<const std::byte> input, const DecodeOptions& options,
                                       const Then& then) noexcept {
    ConditionValue& out = at == Native::local_at ? outcome->localSubNet : outcome->remoteSubNet;
    const std::uint64_t offset = address_at(input, at) - options.image_base;
    const DataType type = type_at(input, at);
    if (type == DataType::v4AddrMask) {
      if (offset > input.size() - v4_size) [[unlikely]]
        return read_without<at, DataType::v4AddrMask>(outcome, input, options);
      read_v4_mask<std::endian::little>(out, input.data() + offset);
    } else {
      if (type != DataType::v6AddrMask) [[unlikely]]
        return read_any_image<Address>(outcome, input, options);
      if (offset > input.size() - v6_size) [[unlikely]]
        return read_without<at, DataType::v6AddrMask>(outcome, input, options);
      read_v6_mask(out, input.data() + offset);
    }
    then();
  }

  /// Reads an image in which this mask is NULL or outside the image.
  template <std::size_t at, DataType type>
  QMFORGE_COLD static void read_without(Outcome& outcome, std::span<const std::byte> input,
                                        const DecodeOptions& options) noexcept {
    constexpr FieldPath subnet = at == Native::local_at ? Step::localSubNet : Step::remoteSubNet;
    if (address_at(input, at) == 0) return read_any_image<Address>(outcome, input, options);
    record(outcome, ErrorCode::badAddress, subnet / arm_step(type), at + Native::address_size);
  }
};

}  // namespace qmforge::detail
