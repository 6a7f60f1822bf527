"""Pictures as pure functions of answers: each module draws one kind and gives a frozen Chart of SVG, words and the table behind it."""
