# embed_files(<target> <name> <root> <file>...): put files into the binary of <target>.
#
# Writes one assembler file with an .incbin for each file and a table that embedded.cpp reads: records of three words
# (path relative to <root>, first byte, size) from <name>_table, and <name>_count of them.
function(embed_files target name root)
  set(data "")
  set(table "")
  set(count 0)
  foreach(file IN LISTS ARGN)
    file(RELATIVE_PATH path ${root} ${file})
    string(APPEND data "path_${count}:\n  .asciz \"${path}\"\n"
                       "begin_${count}:\n  .incbin \"${file}\"\nend_${count}:\n")
    string(APPEND table "  .quad path_${count}, begin_${count}, end_${count} - begin_${count}\n")
    math(EXPR count "${count} + 1")
  endforeach()
  set(assembler ${CMAKE_CURRENT_BINARY_DIR}/${name}.S)
  file(CONFIGURE OUTPUT ${assembler} @ONLY CONTENT "/* Written by cmake/EmbedFiles.cmake. */
  .section .rodata
${data}
  .section .data.rel.ro,\"aw\"
  .balign 8
  .globl ${name}_table
${name}_table:
${table}
  .globl ${name}_count
  .balign 8
${name}_count:
  .quad ${count}
  .section .note.GNU-stack,\"\",@progbits
")
  set_source_files_properties(${assembler} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${assembler})
endfunction()
