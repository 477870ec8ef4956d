-- Budget rates, set once a year.
select
    currency_code,
    rate_to_eur
from (
    values
    ('EUR', 1.0000),
    ('GBP', 1.1600),
    ('SEK', 0.0880),
    ('DKK', 0.1340),
    ('CHF', 1.0400)
) as rates (currency_code, rate_to_eur)
