include(${CMAKE_CURRENT_LIST_DIR}/header_only.cmake)
qmforge_header_only(TARGET CLI11::CLI11 FOLDER CLI)
