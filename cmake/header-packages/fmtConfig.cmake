include(${CMAKE_CURRENT_LIST_DIR}/header_only.cmake)
qmforge_header_only(TARGET fmt::fmt FOLDER fmt DEFINITIONS FMT_HEADER_ONLY=1)
qmforge_header_only(TARGET fmt::fmt-header-only FOLDER fmt DEFINITIONS FMT_HEADER_ONLY=1)
