# Fits each cohort of a folder with lme4 and writes what it found, one row a number: model, kind, name, value.
# usage: Rscript lme4.R FOLDER, where models.csv names the cohort's file, the formula, TRUE for REML, and the model.
suppressMessages(library(lme4))
folder <- commandArgs(trailingOnly = TRUE)[1]
models <- read.csv(file.path(folder, "models.csv"), stringsAsFactors = FALSE)
tight <- lmerControl(calc.derivs = FALSE, check.conv.singular = "ignore", check.scaleX = "ignore",
                     optCtrl = list(ftol_abs = 1e-12, xtol_abs = 1e-12, ftol_rel = 1e-15, xtol_rel = 1e-15, maxeval = 20000))
rows <- list()
put <- function(model, kind, name, value)
  rows[[length(rows) + 1]] <<- data.frame(model = model, kind = kind, name = as.character(name), value = value)
for (i in seq_len(nrow(models))) {
  m <- models[i, ]
  cohort <- read.csv(file.path(folder, m$cohort))
  # from two starts: near a boundary its optimiser may settle where it is not lowest
  fits <- lapply(c(1, 0.1), function(share) {
    start <- getME(lmer(as.formula(m$formula), cohort, weights = w, REML = m$REML,
                        control = lmerControl(optimizer = NULL, check.conv.singular = "ignore")), "theta")
    lmer(as.formula(m$formula), cohort, weights = w, REML = m$REML, control = tight, start = share * start)
  })
  fitted <- fits[[which.min(sapply(fits, deviance, REML = m$REML))]]
  put(m$model, "criterion", "", if (m$REML) REMLcrit(fitted) else -2 * as.numeric(logLik(fitted)))
  put(m$model, "residual", "", sigma(fitted)^2)
  put(m$model, "coefficient", names(fixef(fitted)), fixef(fitted))
  put(m$model, "standard_error", names(fixef(fitted)), sqrt(diag(as.matrix(vcov(fitted)))))
  effects <- ranef(fitted, condVar = TRUE)
  for (group in names(effects)) {
    found <- effects[[group]]
    covariance <- attr(found, "postVar")
    put(m$model, paste0(group, "_variance"), "", diag(as.matrix(VarCorr(fitted)[[group]])))
    put(m$model, paste0(group, "_intercept"), rownames(found), found[, 1])
    put(m$model, paste0(group, "_comparative"), rownames(found), covariance[1, 1, ])
    if (ncol(found) == 2) {
      put(m$model, paste0(group, "_slope"), rownames(found), found[, 2])
      put(m$model, paste0(group, "_covaries"), rownames(found), covariance[1, 2, ])
    }
  }
}
options(digits = 17)
write.csv(do.call(rbind, rows), file.path(folder, "found.csv"), row.names = FALSE)
