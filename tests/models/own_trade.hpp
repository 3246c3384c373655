/// \file
/// Trade that is simulated from known parameters, as the CSV text that a user would give.
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "models/estimation/table_text.hpp"
#include "tests/models/simulated_normals.hpp"

namespace plimsoll {

/// The truth behind the data.
struct TrueTrade {
  double memory_price_loading = 0.9;  ///< of drives' unit value on the lagged memory index
  double noise_sd = 0.015;
  Month from = Month::of(2021, 1), last = Month::of(2026, 5);
};

/// Four products (drives and lamps with quantities), two markets; a total that grows 5% a year with a season.
/// \param lagged_memory log of the memory index through its lag, by month.
inline std::string simulated_trade(const TrueTrade& truth, const std::function<double(Month)>& lagged_memory,
                                   unsigned seed) {
  static constexpr double kSeason[] = {-.02, -.15, 0, 0, .02, .03, .02, .03, .02, 0, .01, .04};
  SimulatedNormals normal(seed);
  std::string text = "flow,product,market,period,value_usd_bn,quantity,quantity_unit\n";
  const auto row = [&](const std::string& product, const std::string& market, Month m, double value,
                       const std::string& quantity) {
    text += "exports," + product + "," + market + "," + to_string(m) + "," + decimals(value, 5) + "," + quantity + "\n";
  };
  double common = 0;
  for (Month m = truth.from; m <= truth.last; m = m + 1) {
    const double t = (m - truth.from) / 12.0, season = kSeason[m.month() - 1];
    common += truth.noise_sd * 0.5 * normal();
    const auto noise = [&] { return truth.noise_sd * normal(); };
    const double quantity = 50 * std::exp(0.03 * t + season + common + noise());
    const double price = 0.1 * std::exp(0.01 * t + truth.memory_price_loading * (lagged_memory(m) - 4) + noise());
    const double drives = quantity * price, lamps = 8 * std::exp(0.04 * t + season + common + noise()),
                 toys = 12 * std::exp(0.02 * t + season + common + noise()),
                 rest = 60 * std::exp(0.05 * t + season + common + noise());
    const double total = drives + lamps + toys + rest, us = total * 0.15 * std::exp(-0.02 * t + noise());
    row("", "", m, total, ",");
    row("storage_units", "", m, drives, decimals(quantity, 5) + ",m units");
    row("Lamps", "", m, lamps, decimals(lamps / 2 * std::exp(noise()), 5) + ",m units");
    row("Toys of wood", "", m, toys, ",");
    row("", "us", m, us, ",");
    row("Lamps", "us", m, 0.3 * lamps, ",");
  }
  return text;
}

/// Imports over the same months: crude oil with quantities, whose unit value follows oil, and lanterns.
inline std::string simulated_imports(double oil_price_loading, const std::function<double(Month)>& lagged_oil,
                                     unsigned seed) {
  SimulatedNormals normal(seed);
  std::string text;
  for (Month m = Month::of(2021, 1); m <= Month::of(2026, 5); m = m + 1) {
    const double t = (m - Month::of(2021, 1)) / 12.0;
    const auto noise = [&] { return 0.015 * normal(); };
    const double quantity = 40 * std::exp(0.01 * t + noise()),
                 oil = quantity * 0.5 * std::exp(oil_price_loading * (lagged_oil(m) - 4.3) + noise()),
                 lanterns = 6 * std::exp(0.03 * t + noise());
    const auto row = [&](const std::string& product, double value, const std::string& printed) {
      text += "imports," + product + ",," + to_string(m) + "," + decimals(value, 5) + "," + printed + "\n";
    };
    row("", oil + lanterns + 70 * std::exp(0.04 * t + noise()), ",");
    row("crude_oil", oil, decimals(quantity, 5) + ",m t");
    row("Lanterns", lanterns, ",");
  }
  return text;
}

}  // namespace plimsoll
