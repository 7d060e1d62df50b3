include(${CMAKE_CURRENT_LIST_DIR}/header_only.cmake)
qmforge_header_only(TARGET nlohmann_json::nlohmann_json FOLDER nlohmann)
