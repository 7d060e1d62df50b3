# The host's headers are the ones used (see header_only.cmake), so the host's package says which version they are.
include(/usr/share/cmake/nlohmann_json/nlohmann_jsonConfigVersion.cmake)
