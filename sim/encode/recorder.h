// Who hears of each datum as it is written: nobody (all of it compiles to nothing), or a datum map.
#pragma once

#include <cstdint>

#include "qmforge/enums.h"
#include "qmforge/field_path.h"
#include "qmforge/sim/datum.h"

namespace qmforge::sim {

/// Records nothing, at no cost.
struct NoRecorder {
  struct Path {
    constexpr Path() = default;
    constexpr Path(Step) noexcept {}  // NOLINT(google-explicit-constructor): stands in for FieldPath
    constexpr Path operator/(Step) const noexcept { return {}; }
    constexpr Path operator[](std::uint32_t) const noexcept { return {}; }
  };

  static Path arm(Path, DataType) noexcept { return {}; }
  static std::uint32_t add(DatumKind, Path, std::uint64_t, std::uint64_t, std::uint32_t = Datum::none,
                           std::uint32_t = 1) noexcept {
    return Datum::none;
  }
  static std::uint32_t next() noexcept { return Datum::none; }
  static void set_partner(std::uint32_t, std::uint32_t) noexcept {}
  static void close_pointee(std::uint32_t, std::uint32_t) noexcept {}
  static void set_body(std::uint64_t) noexcept {}
  static void set_object_end(std::uint64_t) noexcept {}
};

/// Records into a map.
class MapRecorder {
 public:
  using Path = FieldPath;

  explicit MapRecorder(DatumMap& map) noexcept : map_(map) {}

  /// The path of the arm that a type selects.
  static Path arm(const Path& value, DataType type) noexcept { return value / arm_step(type); }
  /// Adds a datum; returns its index.
  std::uint32_t add(DatumKind kind, const Path& field, std::uint64_t offset, std::uint64_t size,
                    std::uint32_t partner = Datum::none, std::uint32_t unit = 1) {
    map_.data.push_back({kind, field, offset, size, unit, partner, Datum::none});
    return next() - 1;
  }
  /// The index that the next datum will have.
  [[nodiscard]] std::uint32_t next() const noexcept { return static_cast<std::uint32_t>(map_.data.size()); }
  void set_partner(std::uint32_t datum, std::uint32_t partner) noexcept { map_.data[datum].partner = partner; }
  /// All that `pointer` leads to has been recorded, from `first` on.
  void close_pointee(std::uint32_t pointer, std::uint32_t first) noexcept {
    map_.data[pointer].partner = first;
    map_.data[pointer].partner_end = next();
  }
  void set_body(std::uint64_t begin) noexcept { map_.body_begin = begin; }
  void set_object_end(std::uint64_t end) noexcept { map_.object_end = end; }

 private:
  DatumMap& map_;
};

}  // namespace qmforge::sim
