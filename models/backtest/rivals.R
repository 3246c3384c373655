# Forecasts of China's exports and imports by simple rivals, with R and its forecast package.
#
#   Rscript rivals.R TOTALS.csv OUT.csv [FIRST_ORIGIN [LAST_ORIGIN [FIRST_PRINTS.csv]]]
#
# TOTALS.csv has month, exports_usd_bn, imports_usd_bn (totals.csv beside this script). January and February are
# one period, so a year has 11. Every origin from 2013-01 on (none in January) fits each rival to the months up to it,
# nothing later. Each gives log growth on a year earlier at h = 1..12 released periods as a normal distribution,
# written as mean and standard deviation; level_usd_bn, the origin's own, tells later which totals they were fitted to:
#
#   random_walk       growth stays what it was; spread from its own past h-step changes
#   history           mean and spread of all growth so far
#   ar                autoregression of growth, order by AIC up to 12 (Yule-Walker)
#   sarima            (2,0,0)(0,1,1) of log levels with drift: better here than the airline model (0,1,1)(0,1,1)
#   ets               exponential smoothing of log levels, additive, form by AICc
#   seasonal_naive    the level of a year ago plus the mean growth so far
#
# With FIRST_PRINTS.csv (first_prints.csv beside this script) levels are as first known: for a year after its release a
# period stands at its first-printed growth times the level of a year before, then at the final level.
#
# At h = 12 the year-ago level is itself a forecast, that of h = 1; for models of levels the variance of the difference
# follows from the steps of the forecast variance: v[11] + (sqrt(v[12] - v[11]) - sqrt(v[1]))^2.
suppressMessages(library(forecast))

horizons <- 12
season <- 11

released <- function(table, column) {
  month <- as.integer(substr(table$month, 6, 7))
  value <- table[[column]]
  second <- which(month == 2)
  value[second] <- value[second] + value[second - 1]
  keep <- month != 1
  data.frame(month = table$month[keep], value = value[keep])
}

from_variances <- function(mean, variance, y) {
  n <- length(y)
  base <- y[(n - season + 1):n]
  last <- variance[11] + (sqrt(max(0, variance[12] - variance[11])) - sqrt(variance[1]))^2
  list(mean = c(mean[1:11] - base, mean[12] - mean[1]), sd = sqrt(c(variance[1:11], last)))
}

of_levels <- function(fit, y) {
  f <- forecast(fit, h = horizons, level = 68.26894921370859)
  variance <- (as.numeric(f$upper) - as.numeric(f$mean))^2
  from_variances(as.numeric(f$mean), variance, y)
}

forecast_all <- function(y) {
  n <- length(y)
  g <- y[(season + 1):n] - y[1:(n - season)]
  k <- length(g)
  level <- ts(y, frequency = season)
  autoregression <- ar(g, order.max = 12, aic = TRUE)
  path <- predict(autoregression, n.ahead = horizons)
  list(
    random_walk = list(mean = rep(g[k], horizons),
                       sd = sapply(1:horizons, function(h) sqrt(mean((g[(h + 1):k] - g[1:(k - h)])^2)))),
    history = list(mean = rep(mean(g), horizons), sd = rep(sd(g), horizons)),
    ar = list(mean = as.numeric(path$pred), sd = as.numeric(path$se)),
    sarima = of_levels(Arima(level, order = c(2, 0, 0), seasonal = c(0, 1, 1), include.drift = TRUE), y),
    ets = of_levels(ets(level, additive.only = TRUE), y),
    seasonal_naive = list(mean = rep(mean(g), horizons), sd = rep(sqrt(mean((g - mean(g))^2)) * sqrt(1 + 1 / k), horizons))
  )
}

as_first_known <- function(series, prints, column, origin) {
  y <- series$value[1:origin]
  for (k in (origin - season + 1):origin) {
    growth <- prints[[column]][prints$month == series$month[k]]
    if (length(growth) == 1) y[k] <- (1 + growth / 100) * series$value[k - season]
  }
  y
}

args <- commandArgs(trailingOnly = TRUE)
totals <- read.csv(args[1], comment.char = "#")
first <- if (length(args) > 2) args[3] else "2013-02"
last <- if (length(args) > 3) args[4] else "9999-12"
prints <- if (length(args) > 4) read.csv(args[5]) else NULL
out <- NULL
for (flow in c("exports", "imports")) {
  series <- released(totals, paste0(flow, "_usd_bn"))
  for (origin in which(series$month >= first & series$month <= last)) {
    y <- if (is.null(prints)) series$value[1:origin]
         else as_first_known(series, prints, paste0(flow, "_yoy_pct"), origin)
    all <- forecast_all(log(y))
    row <- data.frame(flow = flow, origin = series$month[origin], horizon = 1:horizons,
                      level_usd_bn = sprintf("%.3f", y[origin]))
    for (name in names(all)) {
      row[[paste0(name, "_mean_log")]] <- sprintf("%.5f", all[[name]]$mean)
      row[[paste0(name, "_sd_log")]] <- sprintf("%.5f", all[[name]]$sd)
    }
    out <- rbind(out, row)
  }
}
write.csv(out, args[2], row.names = FALSE, quote = FALSE)
