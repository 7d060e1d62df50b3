// The controls of the fake WFP: what happened on this machine, how calls fail, what was called and what leaked.
//
// The program under test includes fwpmu.h alone (or Windows' own header). This header is its test's. There is one fake
// a process, as there is one filter engine a machine; every function here may be called from any thread at any time,
// but reset(), which no call may overlap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/sim/generate.h"
#include "qmforge/wfp/event_header.h"
#include "qmforge/wfp/feed_options.h"
#include "qmforge/wfp/function.h"
#include "qmforge/wfp/hostile.h"
#include "qmforge/wfp/report.h"
#include "qmforge/wfp/statistics.h"

namespace qmforge::wfp {

/// Back to the state of a process that has made no call yet: every handle closed (running callbacks are waited for),
/// every batch freed, the log empty, no modes, no faults, no mistakes.
void reset();

/// The header that an event is fed with by default: the IP version and the addresses of two gateways, as the only
/// header of a real IKE event that is public has them (flags 0x106). The family is that of a tunnel's local subnet, or
/// IPv4; the addresses are from the blocks reserved for documentation.
[[nodiscard]] EventHeader header_for(const Event& event);

/// Feeds events, and answers how many. What an event's views point to is copied. While collection is off
/// (FWPM_ENGINE_COLLECT_NET_EVENTS 0) events are lost, as they are on Windows. Hostile modes work on what is fed while
/// they are on.
std::size_t feed(const Event& event, const FeedOptions& options = {});
std::size_t feed(const Event& event, const EventHeader& header, const FeedOptions& options = {});
std::size_t feed(std::span<const Event> events, const FeedOptions& options = {});
/// `count` events as the simulator makes them from a seed; the same for the same grammar version, profile and seed.
std::size_t feed_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile = {},
                      const FeedOptions& options = {});
/// Every combination of the enumerations in both revisions, and every valid shape of a tunnel's subnets.
std::size_t feed_exhaustive(const FeedOptions& options = {});
/// The events of a labelled set that the simulator wrote (one JSON object a line, as `qmforge decode --json` prints
/// them); lines of malformed inputs hold none.
[[nodiscard]] std::expected<std::size_t, std::string> feed_labelled(const std::filesystem::path& file,
                                                                    const FeedOptions& options = {});

/// One event as a scenario writes it after `event`, of any kind, with a header of its own or without; see docs/wfp.md.
[[nodiscard]] std::expected<std::size_t, std::string> feed_json(std::string_view text, const FeedOptions& options = {});

/// Returns when every feed has ended and every callback has returned. With events held back and nobody subscribed, that
/// is when everything else has.
void wait_delivered();

/// The fake's clock: the time stamp of the next event, and what each event adds to it. At the start it says 2026-01-01
/// 00:00 UTC and adds a millisecond, so that the same feed gives the same bytes.
void set_clock(std::uint64_t file_time, std::uint64_t step);

[[nodiscard]] Statistics statistics();

/// Switches a hostile mode on or off; see hostile.h.
void set_mode(Mode mode, bool on = true);
/// Switches Mode::silent on: every subscription delivers this many events, counted from its beginning, and then none.
/// set_mode(Mode::silent) alone has it deliver one.
void set_silent_after(std::uint64_t events);
[[nodiscard]] bool is_on(Mode mode);

/// The nth call of a function from now on (1: the next) returns `code` and does nothing else. Several may be pending.
void fail(Function function, std::uint32_t nth, std::uint32_t code);
/// The same by name, which may also be that of a function that is exported and not faked. False: the fake exports no
/// such function.
[[nodiscard]] bool fail(std::string_view function, std::uint32_t nth, std::uint32_t code);
/// Every call from a stack that no call came from before returns `code` and does nothing else; the next one from there
/// goes through. FwpmFreeMemory0, which cannot fail, is left alone.
void fail_every_call_site_once(std::uint32_t code);
/// The same over runs of a program: call sites that the file `sites` lists are left alone, and those that fail are
/// appended to it. When a run appends none, every call site that the program reaches has failed once.
[[nodiscard]] std::expected<void, std::string> fail_every_call_site_once(std::uint32_t code,
                                                                         const std::filesystem::path& sites);
void clear_faults();
/// How many call sites have failed so far.
[[nodiscard]] std::size_t failed_call_sites();

/// The calls that have returned, oldest first: the last 65,536.
[[nodiscard]] std::vector<Call> calls();
/// How often a function was called since the last reset().
[[nodiscard]] std::uint64_t call_count(Function function);

/// What is wrong so far. An enumeration or subscription that its session's end closed is not a leak.
[[nodiscard]] Report report();

/// The memory from `address` to the end of the batch, or of the callback's event, that holds it: what an image of a
/// structure in it may point to. Empty where there is none.
[[nodiscard]] std::span<const std::byte> memory_from(const void* address);

/// The environment variable that names a scenario file. It is read at the first call that the program makes.
inline constexpr std::string_view scenario_variable = "QMFORGE_WFP_SCENARIO";

/// The environment variable that, set to anything, keeps the fake from saying on stderr which scenario it runs.
inline constexpr std::string_view quiet_variable = "QMFORGE_WFP_QUIET";

/// Does what a scenario says; docs/wfp.md describes the format. The error says the line.
[[nodiscard]] std::expected<void, std::string> run_scenario(std::string_view text);

}  // namespace qmforge::wfp
