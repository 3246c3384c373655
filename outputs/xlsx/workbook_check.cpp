/// \file
/// Whether all of a workbook is there: it is a ZIP file of XML parts, and a part that was cut lacks its end.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "outputs/xlsx/workbook_writer.hpp"

namespace plimsoll {

namespace {

/// Reads little-endian numbers of a ZIP file. \throws std::out_of_range beyond its end
class ZipBytes {
 public:
  explicit ZipBytes(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size(); }
  std::string_view part(std::size_t at, std::size_t length) const {
    if (at > bytes_.size() || length > bytes_.size() - at) throw std::out_of_range("the file ends early");
    return bytes_.substr(at, length);
  }
  std::uint32_t number(std::size_t at, std::size_t length) const {
    std::uint32_t value = 0;
    const std::string_view digits = part(at, length);
    for (std::size_t k = length; k > 0; --k) value = value << 8U | static_cast<unsigned char>(digits[k - 1]);
    return value;
  }

 private:
  std::string_view bytes_;
};

/// The last bytes of a deflated entry, without keeping the others.
std::string last_of(std::string_view deflated, std::size_t length) {
  z_stream stream{};
  constexpr int kRawDeflate = -15;
  if (inflateInit2(&stream, kRawDeflate) != Z_OK) throw std::runtime_error("zlib does not start");
  std::vector<unsigned char> buffer(1U << 16U);
  std::string tail;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(deflated.data()));  // NOLINT: zlib's interface
  stream.avail_in = static_cast<uInt>(deflated.size());
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    state = inflate(&stream, Z_NO_FLUSH);
    tail.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream.avail_out);
    if (tail.size() > length) tail.erase(0, tail.size() - length);
  }
  inflateEnd(&stream);
  return state == Z_STREAM_END ? tail : "";
}

/// Ends of the root elements that the parts of a workbook have.
constexpr std::array kRootEnds{"</worksheet>",         "</workbook>",     "</Types>",      "</Relationships>",
                               "</styleSheet>",        "</sst>",          "</Properties>", "</a:theme>",
                               "</cp:coreProperties>", "</c:chartSpace>", "</xdr:wsDr>"};

/// Every entry of the directory at the end of the file: true when all of them end as XML does. Layout: PKWARE's
/// APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
bool all_parts_end(const ZipBytes& zip) {
  constexpr std::size_t kEndRecord = 22, kEntry = 46, kLocalHeader = 30, kTail = 32;
  const std::size_t end = zip.size() - kEndRecord;
  if (zip.part(end, 4) != "PK\5\6") return false;
  const std::uint32_t entries = zip.number(end + 10, 2);
  std::size_t at = zip.number(end + 16, 4);
  for (std::uint32_t k = 0; k < entries; ++k) {
    if (zip.part(at, 4) != "PK\1\2") return false;
    const std::size_t packed = zip.number(at + 20, 4), local = zip.number(at + 42, 4);
    const std::size_t data = local + kLocalHeader + zip.number(local + 26, 2) + zip.number(local + 28, 2);
    std::string tail = last_of(zip.part(data, packed), kTail);
    while (!tail.empty() && (tail.back() == '\n' || tail.back() == '\r')) tail.pop_back();
    const bool ends = std::any_of(kRootEnds.begin(), kRootEnds.end(), [&](const char* e) { return tail.ends_with(e); });
    if (!ends) return false;
    at += kEntry + zip.number(at + 28, 2) + zip.number(at + 30, 2) + zip.number(at + 32, 2);
  }
  return entries > 0;
}

}  // namespace

void check_workbook(const std::string& bytes, const std::string& file) {
  bool whole = false;
  try {
    whole = bytes.size() > 100 && all_parts_end(ZipBytes(bytes));
  } catch (const std::out_of_range&) {
    whole = false;
  }
  if (!whole)
    throw std::runtime_error("cannot write '" + file +
                             "': a part of it found no room\n  hint: make room on the disk, and " +
                             "for files of that size");
}

}  // namespace plimsoll
