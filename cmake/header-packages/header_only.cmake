# qmforge_header_only(TARGET target FOLDER folder [DEFINITIONS …]): a header-only library of the host, made usable for
# another platform. All of the host's headers share one include folder, which must not be on a cross compiler's path; so the
# library's own folder alone is linked into one that holds nothing else.
macro(qmforge_header_only)
  cmake_parse_arguments(arg "" "TARGET;FOLDER" "DEFINITIONS" ${ARGN})
  if(EXISTS /usr/include/${arg_FOLDER})
    set(include ${CMAKE_BINARY_DIR}/host-headers/${arg_FOLDER})
    file(MAKE_DIRECTORY ${include})
    file(CREATE_LINK /usr/include/${arg_FOLDER} ${include}/${arg_FOLDER} SYMBOLIC)
    if(NOT TARGET ${arg_TARGET})
      add_library(${arg_TARGET} INTERFACE IMPORTED)
      target_include_directories(${arg_TARGET} SYSTEM INTERFACE ${include})
      target_compile_definitions(${arg_TARGET} INTERFACE ${arg_DEFINITIONS})
    endif()
  else()
    set(${CMAKE_FIND_PACKAGE_NAME}_FOUND FALSE)
  endif()
endmacro()
