// Recorders of the wire fields as they are written: one compiles to nothing, the other fills a field map.
#pragma once

#include <cstdint>

#include "qmforge/enums.h"
#include "qmforge/field_path.h"
#include "qmforge/sim/field_map.h"

namespace qmforge::sim {

/// Records nothing, at no cost.
struct NoRecorder {
  struct Path {
    constexpr Path() = default;
    constexpr Path(Step) noexcept {}  // NOLINT(google-explicit-constructor): replaces FieldPath
    constexpr Path operator/(Step) const noexcept { return {}; }
    constexpr Path operator[](std::uint32_t) const noexcept { return {}; }
  };

  static Path arm(Path, DataType) noexcept { return {}; }
  static std::uint32_t add(FieldKind, Path, std::uint64_t, std::uint64_t, std::uint32_t = WireField::none,
                           std::uint32_t = 1) noexcept {
    return WireField::none;
  }
  static std::uint32_t next() noexcept { return WireField::none; }
  static void set_partner(std::uint32_t, std::uint32_t) noexcept {}
  static void close_pointee(std::uint32_t, std::uint32_t) noexcept {}
  static void set_body(std::uint64_t) noexcept {}
  static void set_object_end(std::uint64_t) noexcept {}
};

/// Records into a map.
class MapRecorder {
 public:
  using Path = FieldPath;

  explicit MapRecorder(FieldMap& map) noexcept : map_(map) {}

  /// The path of the arm that a type selects.
  static Path arm(const Path& value, DataType type) noexcept { return value / arm_step(type); }
  /// Adds a wire field; returns its index.
  std::uint32_t add(FieldKind kind, const Path& field, std::uint64_t offset, std::uint64_t size,
                    std::uint32_t partner = WireField::none, std::uint32_t unit = 1) {
    map_.fields.push_back({kind, field, offset, size, unit, partner, WireField::none});
    return next() - 1;
  }
  /// The index that the next wire field will have.
  [[nodiscard]] std::uint32_t next() const noexcept { return static_cast<std::uint32_t>(map_.fields.size()); }
  void set_partner(std::uint32_t index, std::uint32_t partner) noexcept { map_.fields[index].partner = partner; }
  /// Ends the pointee of `pointer`, which began at index `first`.
  void close_pointee(std::uint32_t pointer, std::uint32_t first) noexcept {
    map_.fields[pointer].partner = first;
    map_.fields[pointer].partner_end = next();
  }
  void set_body(std::uint64_t begin) noexcept { map_.body_begin = begin; }
  void set_object_end(std::uint64_t end) noexcept { map_.object_end = end; }

 private:
  FieldMap& map_;
};

}  // namespace qmforge::sim
