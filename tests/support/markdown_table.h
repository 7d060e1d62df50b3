// Tables of the documentation, so that a test can compare them with what the code does.
#pragma once

#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge::testing {

/// The rows of the first table below a heading of a page in docs/, without the head of the table; each cell without
/// blanks at its ends and without backquotes.
inline std::vector<std::vector<std::string>> rows_below(const std::string& page, const std::string& heading) {
  std::ifstream file(QMFORGE_TEST_DATA "/../../docs/" + page);
  std::vector<std::vector<std::string>> rows;
  bool is_below = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) is_below = line.substr(line.find_first_not_of('#') + 1) == heading;
    if (!is_below) continue;
    if (!line.starts_with('|') && !rows.empty()) break;
    if (!line.starts_with('|')) continue;
    std::vector<std::string>& row = rows.emplace_back();
    for (std::size_t begin = 1; begin < line.size();) {
      const std::size_t end = line.find('|', begin);
      std::string cell;
      for (const char c : line.substr(begin, end - begin))
        if (c != '`') cell += c;
      const std::size_t first = cell.find_first_not_of(' ');
      row.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') + 1 - first));
      begin = end + 1;
    }
  }
  if (rows.size() < 3) throw std::runtime_error("no table below '" + heading + "' in docs/" + page);
  rows.erase(rows.begin(), rows.begin() + 2);  // the head, and the line below it
  return rows;
}

}  // namespace qmforge::testing
