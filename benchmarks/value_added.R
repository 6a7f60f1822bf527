# One fit by lme4 of the cohort in a folder: the CPU of lmer, the variances, the BLAS; coefficients and effects beside them.
# usage: Rscript value_added.R FOLDER MODEL
suppressMessages(library(lme4))
arguments <- commandArgs(trailingOnly = TRUE)
path <- function(name) file.path(arguments[1], name)
names <- readLines(path("columns.txt"), warn = FALSE)
size <- file.size(path("y.bin")) / 8
pupils <- as.data.frame(setNames(lapply(paste0(names, ".bin"), function(name) readBin(path(name), "double", size)), names))
pupils$school <- factor(pupils$school)
pupils$area <- factor(pupils$area)
fixed <- paste(grep("^x", names, value = TRUE), collapse = " + ")
random <- c(intercept = "(1 | school)", areas = "(1 | area) + (1 | school)", slope = "(1 + x1 | school)")[[arguments[2]]]
formula <- as.formula(paste("y ~", fixed, "+", random))
invisible(gc())
before <- proc.time()
fitted <- lmer(formula, pupils, REML = TRUE, control = lmerControl(calc.derivs = FALSE))
used <- sum((proc.time() - before)[c("user.self", "sys.self")])
between <- as.matrix(VarCorr(fitted)$school)
second <- if (nrow(between) == 2) c(between[2, 1], between[2, 2]) else c(0, 0)
area <- if (arguments[2] == "areas") VarCorr(fitted)$area[1, 1] else 0
writeBin(as.numeric(fixef(fitted)), path("coefficients.bin"))
writeBin(as.numeric(as.matrix(ranef(fitted, condVar = FALSE)$school)), path("effects.bin"))
numbers <- c(used, sigma(fitted)^2, between[1, 1], second, area)
cat(c(sprintf("%.17g", numbers), extSoftVersion()[["BLAS"]], as.character(packageVersion("lme4"))), sep = "\t")
cat("\n")
