"""The published layouts, one module a kind: each writes numbers exactly as the real files hold them."""
