#include "outputs/xlsx/workbook_writer.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "outputs/calendar_days.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kMostRows = 1'048'576;  // of a sheet, header included (Excel's limit)
constexpr int kChartWidth = 900, kChartHeight = 420, kRowPixels = 20;

/// Midnight UTC of the day.
std::time_t day_of(const std::string& date) {
  constexpr std::time_t kSecondsPerDay = 86400;
  return days_between("1970-01-01", date).value_or(0) * kSecondsPerDay;
}

const char* format_of(NumberLook look) {
  switch (look) {
    case NumberLook::text: return "@";
    case NumberLook::whole: return "#,##0";
    case NumberLook::one_decimal: return "#,##0.0";
    case NumberLook::two_decimals: return "#,##0.00";
    case NumberLook::three_decimals: return "#,##0.000";
    case NumberLook::percent: return "0.0%";
  }
  return "General";
}

}  // namespace

Cell number_cell(double value) { return std::isfinite(value) ? Cell(value) : Cell(); }

class WorkbookWriter::Handle {
 public:
  Handle(std::filesystem::path file, std::string shown, const std::string& title, const std::string& created)
      : file_(std::move(file)), shown_(std::move(shown)) {
    temporary_folder_ = (file_.has_parent_path() ? file_.parent_path() : std::filesystem::path(".")).string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = temporary_folder_.data();
    book_ = workbook_new_opt(file_.c_str(), &options);
    if (book_ == nullptr) throw std::runtime_error("cannot write '" + shown_ + "'");
    std::string name = title, author = "plimsoll";
    lxw_doc_properties properties{};
    properties.title = name.data();
    properties.author = author.data();
    properties.created = day_of(created);
    workbook_set_properties(book_, &properties);
    header_ = workbook_add_format(book_);
    format_set_bold(header_);
    format_set_text_wrap(header_);
    format_set_align(header_, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(header_, LXW_BORDER_THIN);
    for (std::size_t k = 0; k < looks_.size(); ++k) {
      looks_[k] = workbook_add_format(book_);
      if (k > 0) format_set_num_format(looks_[k], format_of(static_cast<NumberLook>(k)));
    }
  }
  ~Handle() {
    if (book_ != nullptr) workbook_close(book_);
    if (finished_) return;
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  void add(const Sheet& sheet) {
    if (sheet.rows.size() + 1 > kMostRows)
      throw std::runtime_error("sheet '" + sheet.name + "' would have " + std::to_string(sheet.rows.size()) +
                               " rows, more than Excel's " + std::to_string(kMostRows - 1) +
                               "\n  hint: report fewer runs in one workbook, or narrow report.series");
    lxw_worksheet* page = workbook_add_worksheet(book_, sheet.name.c_str());
    if (page == nullptr) throw std::runtime_error("'" + sheet.name + "' cannot be the name of a sheet");
    for (std::size_t k = 0; k < sheet.columns.size(); ++k) {
      const auto column = static_cast<lxw_col_t>(k);
      worksheet_set_column(page, column, column, sheet.columns[k].width, nullptr);
    }
    worksheet_freeze_panes(page, 1, 0);
    const auto last = static_cast<lxw_row_t>(sheet.rows.size());
    worksheet_autofilter(page, 0, 0, last, static_cast<lxw_col_t>(sheet.columns.size() - 1));
    // In constant memory rows come in order, each once.
    for (std::size_t k = 0; k < sheet.columns.size(); ++k)
      worksheet_write_string(page, 0, static_cast<lxw_col_t>(k), sheet.columns[k].title.c_str(), header_);
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
      for (std::size_t k = 0; k < sheet.rows[r].size(); ++k)
        write(page, static_cast<lxw_row_t>(r + 1), k, sheet.rows[r][k], sheet.columns[k].look);
    }
    for (std::size_t k = 0; k < sheet.charts.size(); ++k) insert(page, sheet, sheet.charts[k], k);
  }

  void finish() {
    lxw_workbook* book = book_;
    book_ = nullptr;
    const lxw_error error = workbook_close(book);
    if (error != LXW_NO_ERROR)
      throw std::runtime_error("cannot write '" + shown_ + "': " + lxw_strerror(error) +
                               "\n  hint: make room on the disk, and for files of that size");
    std::ifstream in(file_, std::ios::binary);
    check_workbook({std::istreambuf_iterator<char>(in), {}}, shown_);
    finished_ = true;
  }

 private:
  void write(lxw_worksheet* page, lxw_row_t row, std::size_t k, const Cell& cell, NumberLook look) {
    const auto column = static_cast<lxw_col_t>(k);
    if (const auto* number = std::get_if<double>(&cell))
      worksheet_write_number(page, row, column, *number, looks_[static_cast<std::size_t>(look)]);
    if (const auto* text = std::get_if<std::string>(&cell)) {
      // Excel holds 32,767 characters a cell; none of ours comes near but a user's own text might.
      constexpr std::size_t kLongest = 8000;
      std::size_t end = std::min(text->size(), kLongest);
      while (end < text->size() && (static_cast<unsigned char>((*text)[end]) & 0xC0U) == 0x80U) --end;
      worksheet_write_string(page, row, column, text->substr(0, end).c_str(), nullptr);
    }
  }

  void insert(lxw_worksheet* page, const Sheet& sheet, const Chart& chart, std::size_t number) {
    const auto kind = chart.kind == Chart::Kind::lines     ? LXW_CHART_LINE
                      : chart.kind == Chart::Kind::columns ? LXW_CHART_COLUMN
                                                           : LXW_CHART_COLUMN_STACKED;
    lxw_chart* drawn = workbook_add_chart(book_, static_cast<std::uint8_t>(kind));
    chart_title_set_name(drawn, chart.title.c_str());
    chart_axis_set_name(drawn->y_axis, chart.value_title.c_str());
    // Labels at the foot, also where bars go below zero.
    chart_axis_set_label_position(drawn->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_legend_set_position(drawn, LXW_CHART_LEGEND_BOTTOM);
    const auto first = static_cast<lxw_row_t>(chart.first_row + 1), last = static_cast<lxw_row_t>(chart.last_row + 1);
    for (const ChartSeries& of : chart.series) {
      lxw_chart_series* series = chart_add_series(drawn, nullptr, nullptr);
      chart_series_set_name(series, of.name.c_str());
      const auto categories = static_cast<lxw_col_t>(of.categories), values = static_cast<lxw_col_t>(of.values);
      chart_series_set_categories(series, sheet.name.c_str(), first, categories, last, categories);
      chart_series_set_values(series, sheet.name.c_str(), first, values, last, values);
      paint(series, of);
    }
    lxw_chart_options size{};
    constexpr double kDefaultWidth = 480, kDefaultHeight = 288;
    size.x_scale = kChartWidth / kDefaultWidth;
    size.y_scale = kChartHeight / kDefaultHeight;
    const auto row = static_cast<lxw_row_t>(1 + number * (kChartHeight / kRowPixels + 2));
    worksheet_insert_chart_opt(page, row, static_cast<lxw_col_t>(sheet.columns.size() + 1), drawn, &size);
  }

  static void paint(lxw_chart_series* series, const ChartSeries& of) {
    if (of.style == ChartSeries::Style::column) {
      lxw_chart_fill fill{};
      fill.color = of.colour;
      chart_series_set_fill(series, &fill);
      return;
    }
    lxw_chart_line line{};
    line.color = of.colour;
    const bool strong = of.style == ChartSeries::Style::main_line || of.style == ChartSeries::Style::history_line;
    line.width = strong ? 2.25F : 1.0F;
    if (of.style == ChartSeries::Style::outer_line) line.dash_type = LXW_CHART_LINE_DASH_DASH;
    chart_series_set_line(series, &line);
  }

  std::filesystem::path file_;
  std::string shown_;
  std::string temporary_folder_;
  lxw_workbook* book_ = nullptr;
  lxw_format* header_ = nullptr;
  std::array<lxw_format*, 6> looks_{};
  bool finished_ = false;
};

WorkbookWriter::WorkbookWriter(std::filesystem::path file, const std::string& shown, const std::string& title,
                               const std::string& created)
    : handle_(std::make_unique<Handle>(std::move(file), shown, title, created)) {}
WorkbookWriter::~WorkbookWriter() = default;
void WorkbookWriter::add(const Sheet& sheet) { handle_->add(sheet); }
void WorkbookWriter::finish() { handle_->finish(); }

std::string workbook_bytes(const std::string& name, const std::string& scratch, const std::string& title,
                           const std::string& created, const std::function<void(WorkbookWriter&)>& fill) {
  namespace fs = std::filesystem;
  const fs::path file = fs::path(scratch) / ("." + name + ".tmp-" + std::to_string(::getpid()));
  WorkbookWriter writer(file, (fs::path(scratch) / name).string(), title, created);
  fill(writer);
  writer.finish();
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  in.close();
  fs::remove(file);
  return bytes;
}

}  // namespace plimsoll
