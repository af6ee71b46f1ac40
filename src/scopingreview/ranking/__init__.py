"""Which records are likely to be relevant, learnt from decisions: texts to numbers to an order.

Values in, values out: nothing here knows a review, a file or the clock, and the same texts and
the same labels give the same order.
"""
